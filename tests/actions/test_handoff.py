"""What a person is told when the bot calls one."""

import pytest

from bot.actions.conversation import ChangeLanguage
from bot.actions.guarded import GuardedAction
from bot.actions.handoff import HandOff
from bot.actions.orders import OrderStatus
from bot.actions.turn import TRIED_LIMIT, Turn
from bot.handoff.cases import PRIORITIES
from bot.locales.languages import languages
from tests.actions.dialogue import Dialogue, MemoryShop, an_order, in_days, parcel

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("emotion", "reason", "priority"),
    [("neutral", "asked", 4), ("upset", "asked", 4), ("angry", "angry", 2)],
)
async def test_the_reason_is_the_wish_or_the_anger(
    dialogue: Dialogue, emotion: str, reason: str, priority: int
) -> None:
    reply = await dialogue.say(HandOff, "a person, please", intent="human_agent", emotion=emotion)
    assert reply.handoff is not None
    assert (reply.handoff["reason"], reply.handoff["priority"]) == (reason, priority)
    assert reply.handoff["brief"]["emotion"] == emotion


async def test_the_brief_has_what_the_conversation_has_brought(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "shipped", parcel("Delivered", delivered=in_days(-1)))]
    await dialogue.say(OrderStatus, order_number="PL-10432", email="ola@example.com")
    reply = await dialogue.say(HandOff, intent="human_agent")
    assert reply.handoff is not None
    assert reply.handoff["brief"] == {
        "emotion": "neutral",
        "order": {"number": "PL-10432", "state": "Delivered", "order_state": "shipped", "country": "PL"},
        "details": {"order_number": "PL-10432", "proof_email": "ola@example.com"},
        "tried": ["showed_order_status"],
        "identity_level": 1,
    }


async def test_a_brief_of_nothing_is_still_one(dialogue: Dialogue) -> None:
    reply = await dialogue.say(HandOff)
    assert reply.handoff is not None
    assert reply.handoff["brief"] == {
        "emotion": "neutral", "order": None, "details": {}, "tried": [], "identity_level": 0,
    }  # fmt: skip


async def test_a_signed_in_buyer_keeps_the_level() -> None:
    reply = await Dialogue(identity_level=2).say(HandOff)
    assert reply.handoff is not None
    assert reply.handoff["brief"]["identity_level"] == 2


@pytest.mark.parametrize("reason", PRIORITIES)
async def test_both_sides_agree_on_priorities(dialogue: Dialogue, reason: str) -> None:
    dialogue.slots["handoff_reason"] = reason
    reply = await dialogue.say(HandOff)
    assert reply.handoff is not None
    assert reply.handoff["priority"] == PRIORITIES[reason]
    assert dialogue.slots["handoff_reason"] is None


async def test_a_hand_over_clears_what_was_asked(dialogue: Dialogue) -> None:
    await dialogue.say(OrderStatus)
    await dialogue.say(HandOff)
    assert dialogue.slots["asked"] is None


class Breaks(GuardedAction):
    action_name = "action_breaks"

    async def act(self, turn: Turn) -> None:
        turn.set(asked="something")
        turn.say([])
        raise RuntimeError("broken")


async def test_an_action_that_breaks_says_nothing_half_and_calls_a_person(dialogue: Dialogue) -> None:
    reply = await dialogue.say(Breaks)
    assert reply.parts == []
    assert reply.handoff is not None
    assert reply.handoff["reason"] == "action_failed"
    assert dialogue.slots["tried"] == ["action_failed"]


async def test_what_was_tried_is_kept_up_to_a_limit(dialogue: Dialogue) -> None:
    for _ in range(TRIED_LIMIT + 5):
        await dialogue.say(OrderStatus)
    assert dialogue.slots["tried"] == ["asked_order_number"] * TRIED_LIMIT


# Languages


async def test_a_named_language_is_spoken_from_now_on(dialogue: Dialogue) -> None:
    reply = await dialogue.say(ChangeLanguage, wanted_language="pl")
    assert (reply.keys, reply.languages) == (["language-changed"], {"pl"})
    assert dialogue.slots["language"] == "pl"


async def test_without_a_name_all_languages_are_offered(dialogue: Dialogue) -> None:
    reply = await dialogue.say(ChangeLanguage)
    assert reply.keys == ["language-which"]
    assert reply.labels == [language.name for language in languages().values()]
    assert reply.choices[1]["payload"] == '/change_language{"wanted_language": "es"}'


async def test_a_language_we_do_not_speak_offers_ours(dialogue: Dialogue) -> None:
    reply = await dialogue.say(ChangeLanguage, wanted_language="tlh")
    assert len(reply.labels) == len(languages())
    assert "language" not in dialogue.slots
