"""The desk's accounts."""

import pytest

from bot.handoff.agents import FREE_ATTEMPTS, Agent, Agents, SlowDown

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.anyio


async def test_signing_in(agents: Agents, ana: Agent) -> None:
    assert await agents.sign_in("ana", PASSWORD) == ana
    assert await agents.sign_in("ana", "wrong password") is None
    assert await agents.sign_in("nobody", PASSWORD) is None


async def test_guessing_is_slowed_down_by_name(agents: Agents, ana: Agent, li: Agent) -> None:
    for _ in range(FREE_ATTEMPTS):
        assert await agents.sign_in("ana", "wrong password") is None
    with pytest.raises(SlowDown) as brake:
        await agents.sign_in("ana", PASSWORD)
    assert brake.value.seconds >= 1
    assert await agents.sign_in("li", PASSWORD) == li


async def test_a_right_password_forgets_the_wrong_ones(agents: Agents, ana: Agent) -> None:
    for _ in range(2):
        for _ in range(FREE_ATTEMPTS - 1):
            assert await agents.sign_in("ana", "wrong password") is None
        assert await agents.sign_in("ana", PASSWORD) == ana


async def test_unknown_names_are_slowed_down_too(agents: Agents) -> None:
    for _ in range(FREE_ATTEMPTS):
        assert await agents.sign_in("nobody", "wrong password") is None
    with pytest.raises(SlowDown):
        await agents.sign_in("nobody", "wrong password")


async def test_first_supervisor_is_made_once(agents: Agents) -> None:
    made = await agents.first_supervisor()
    assert made is not None
    supervisor = await agents.sign_in(*made)
    assert supervisor is not None
    assert supervisor.role == "supervisor"
    assert await agents.first_supervisor() is None


async def test_no_supervisor_where_there_is_an_account(agents: Agents, ana: Agent) -> None:
    assert await agents.first_supervisor() is None


async def test_accounts_that_are_refused(agents: Agents, ana: Agent) -> None:
    with pytest.raises(ValueError, match="exists"):
        await agents.add("ana", "Another", "agent", PASSWORD)
    with pytest.raises(ValueError, match="10 characters"):
        await agents.add("bo", "Bo", "agent", "short")


async def test_the_language_is_kept(agents: Agents, ana: Agent) -> None:
    await agents.set_language(ana, "zh")
    kept = await agents.get(ana.id)
    assert kept is not None
    assert kept.language == "zh"
    assert await agents.get(99) is None
