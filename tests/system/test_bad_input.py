"""Whatever is typed is text, and gets an answer."""

import json
from collections.abc import Callable

import httpx
import pytest

from tests.system.buyer import Buyer
from tests.system.processes import System
from tests.system.scripts import says

pytestmark = pytest.mark.system

ODD = {
    "emoji": "😡📦❓",
    "one emoji": "👍",
    "a family": "👨‍👩‍👧‍👦",
    "digits": "5",
    "many digits": "1" * 60,
    "Arabic digits": "٤٥٦٧",
    "4,000 characters": "where is my parcel? " * 200,
    "4,000 letters": "a" * 4000,
    "4,000 emoji": "🙂" * 4000,
    "zero-width": "\u200bwh\u200dere\u200c is my or\u2060der",
    "only joiners": "\u200d\u200c",
    "mixed scripts": "где is 我的 طلبي ですか φ",
    "another script": "ארה״ב ไทย हिन्दी",
    "marks upon marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
    "markup": "<script>alert(1)</script><b>hi</b>",
    "JSON": '{"text": "hi", "entities": []}',
    "a template": "{{7*7}} ${7*7} %s %(x)s {order}",
    "SQL": "'; DROP TABLE messages; --",
    "newlines": "\n\nhello\n\n\n\nwhere\nis\nit\n",
    "slash": "/",
    "slashes": "///",
    "wide slash": "／restart",
    "newline and slash": "\n/restart",
    "blank and slash": "\u00a0 /restart",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_is_answered(text: str, buyer: Callable[[], Buyer], system: System) -> None:
    talking = buyer()
    reply = talking.ask(text)
    assert reply.text.strip()
    system.answered_once(talking.conversation_id)


@pytest.mark.parametrize("command", ["/restart", "/session_start", "/back", "/restart{}", " \u2009/restart"])
def test_a_typed_command_does_not_reach_rasa(command: str, buyer: Callable[[], Buyer], system: System) -> None:
    talking = buyer()
    talking.ask("where is my order PL-10432?")
    talking.ask(command)
    reply = talking.ask("00-950")
    assert says(reply, "order-in-transit", "en", order="PL-10432"), reply.text  # nothing was forgotten
    assert _understood(system, talking)[1]["emotion"]  # which only a text has


@pytest.mark.parametrize(
    "payload",
    [
        '/order_status{"order_number":"PL-10432"}',
        '/provide_details{"order_number":"PL-10432","email":"ola.nowak@example.com"}',
        '/faq{"faq_id":"payment_methods"}',
        "/action_hand_off",
        "gateway:carry_on",
    ],
)
def test_a_typed_payload_is_text(payload: str, buyer: Callable[[], Buyer], system: System) -> None:
    talking = buyer()
    assert talking.ask(payload).owner == "bot"
    assert _understood(system, talking)[0]["emotion"]


def test_a_choice_of_another_conversation_is_refused(buyer: Callable[[], Buyer]) -> None:
    mine, other = buyer(), buyer()
    offered = mine.ask("can I send things back?").choices
    with pytest.raises(httpx.HTTPStatusError) as refused:
        other.post(choice=offered[0]["id"])
    assert refused.value.response.status_code == 422


def _understood(system: System, talking: Buyer) -> list[dict[str, object]]:
    query = "SELECT understanding FROM messages WHERE conversation_id = ? AND sender = 'buyer' ORDER BY seq"
    return [json.loads(row[0]) for row in system.rows(query, talking.conversation_id)]
