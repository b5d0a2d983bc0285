from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain

# These tests run in Rasa's own environment (tests/rasa.ini).
collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def domain() -> Domain:
    """The domain we ship."""
    from rasa.shared.core.domain import Domain

    return Domain.load(str(Path(__file__).resolve().parents[2] / "domain.yml"))
