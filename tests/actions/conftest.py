"""The outside of the actions, in memory."""

from collections.abc import Iterator

import pytest

from bot.actions.services import Services, configure
from bot.merchant import Merchant, merchant
from tests.actions.dialogue import Dialogue, MemoryKnowledge, MemoryShop


@pytest.fixture
def facts() -> Merchant:
    return merchant()


@pytest.fixture
def shop() -> MemoryShop:
    return MemoryShop()


@pytest.fixture
def knowledge() -> MemoryKnowledge:
    return MemoryKnowledge()


@pytest.fixture(autouse=True)
def services(shop: MemoryShop, knowledge: MemoryKnowledge, facts: Merchant) -> Iterator[Services]:
    put_in_place = Services(shop, knowledge, facts)  # type: ignore[arg-type]
    configure(put_in_place)
    yield put_in_place
    configure(None)


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue()
