"""The whole system, started once for all tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.system.buyer import Buyer
from tests.system.desk import Desk
from tests.system.processes import MODEL, System


@pytest.fixture(scope="session")
def model() -> None:
    """Skips where there is nothing to start; in CI that is a failure."""
    if not MODEL.is_file():
        sentence = "The system tests need a trained model: run `make train` (var/models/parley.tar.gz is missing)."
        if os.environ.get("CI"):
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)


@pytest.fixture(scope="session")
def system(model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(tmp_path_factory.mktemp("system"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def desk(system: System) -> Desk:
    return Desk(system.database_url)


@pytest.fixture
def buyer(system: System) -> Iterator[Callable[..., Buyer]]:
    """Opens conversations, and closes their connections after the test."""
    opened: list[Buyer] = []

    def open_(locale: str = "en") -> Buyer:
        opened.append(Buyer(system.url, locale))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()
