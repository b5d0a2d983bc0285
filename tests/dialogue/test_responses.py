from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.responses import LocalisedResponses
from bot.locales.catalogue import MissingText, parse, template
from bot.locales.formats import language_names
from bot.locales.languages import FOLDER, languages

pytestmark = pytest.mark.anyio

MESSAGES = {message.key: message for message in parse(FOLDER / "en" / "dialogue.ftl")}
# A value of its own type for every variable of the texts.
VALUES: dict[str, Any] = {
    "date": {"day": "2026-08-03"},
    "first": {"day": "2026-08-03"},
    "last": {"day": "2026-08-05"},
    "amount": {"money": ["1299.50", "EUR"]},
    "cost": {"money": ["4.90", "PLN"]},
    "country": {"country": "PL"},
    "days": {"span": [5, 8]},
    "items": {"list": ["mug", "lamp", "sofa"]},
    "languages": {"list": language_names()},
    "order": "PL-10432",
    "tracking": "RR123456785CN",
    "carrier": "DHL",
    "place": "Praha",
    "language": "Deutsch",
    "agent": "Ana",
    "shop": "Northwind",
}


@pytest.fixture(scope="module")
def responses() -> LocalisedResponses:
    return LocalisedResponses()


def tracker(parsed: dict[str, Any] | None = None, slot: str | None = None, locale: str | None = None) -> Any:
    domain = Domain.from_dict({"slots": {"language": {"type": "text", "mappings": [{"type": "custom"}]}}})
    made = DialogueStateTracker("c", domain.slots)
    made.update(UserUttered("hi", parse_data=parsed or {}, metadata={"locale": locale} if locale else {}))
    if slot:
        made.update(SlotSet("language", slot))
    return made


async def reply(responses: LocalisedResponses, parts: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    made = await responses.generate("utter_reply", more.pop("tracker", tracker()), "gateway", parts=parts, **more)
    assert made is not None
    return made


def variables(key: str, number: int) -> dict[str, Any]:
    names = MESSAGES[key].variables
    counted = {name: number for name in ("days", "minutes", "sent", "total") if MESSAGES[key].categories}
    closing = {"time": {"clock": "16:00:00"}}
    return {name: {**VALUES, **closing, **counted}[name] for name in names}


@pytest.mark.parametrize("language", languages())
async def test_every_text_of_the_dialogue_is_rendered(
    responses: LocalisedResponses, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    for key in MESSAGES:
        for number in (1, 2, 5, 14):
            made = await reply(responses, [{"key": key, "vars": variables(key, number)}], language=language)
            text = template(made["text"])
            assert text.strip(), key
            assert not set("{}") & set(text), (key, text)
            for name, value in variables(key, number).items():
                if isinstance(value, str):
                    assert value in text, (key, name)
            assert "2026-08-03" not in text
            assert "PLN'" not in text
    assert not caplog.records


@pytest.mark.parametrize(
    ("language", "locale", "value", "rendered"),
    [
        ("de", None, {"money": ["1299.50", "EUR"]}, "1.299,50\u00a0€"),
        ("de", "de-CH", {"money": ["1299.50", "CHF"]}, "CHF\u00a01’299.50"),
        ("en", "en-US", {"money": ["1299.50", "USD"]}, "$1,299.50"),
        ("ja", None, {"money": ["1299", "JPY"]}, "￥1,299"),
        ("pl", None, {"country": "DE"}, "Niemcy"),
        ("ar", None, {"country": "SA"}, "المملكة العربية السعودية"),
        ("ru", None, {"list": ["a", "b", "c"]}, "a, b и c"),
        ("zh", None, {"list": ["a", "b", "c"]}, "a、b和c"),
        ("en", "en-US", {"clock": "16:00:00"}, "4:00\u202fPM"),
        ("de", None, {"clock": "16:00:00"}, "16:00"),
        ("fr", None, {"span": [5, 8]}, "5–8"),
        ("fr", None, {"span": [5, 5]}, "5"),
        ("en", None, "PL-10432", "PL-10432"),
        ("en", "xx-QQ", {"country": "PL"}, "Poland"),
    ],
)
async def test_variables_are_written_as_the_reader_writes_them(
    responses: LocalisedResponses, language: str, locale: str | None, value: Any, rendered: str
) -> None:
    part = {"key": "order-items", "vars": {"items": value}}
    made = await reply(responses, [part], language=language, locale=locale)
    assert rendered in template(made["text"]).replace("4:00 PM", "4:00\u202fPM")


async def test_a_day_names_its_weekday(responses: LocalisedResponses) -> None:
    part = {"key": "order-expected", "vars": {"date": {"day": "2026-08-03"}}}
    assert "Mo" in (await reply(responses, [part], language="de"))["text"]
    assert "月" in (await reply(responses, [part], language="ja"))["text"]


async def test_parts_are_lines_and_literal_text_stays(responses: LocalisedResponses) -> None:
    parts = [{"key": "empathy-upset"}, {"text": "50 % {off} ＜b＞"}]
    text = (await reply(responses, parts, language="en"))["text"]
    assert text.splitlines()[1] == "50 % {off} ＜b＞"
    assert len(text.splitlines()) == 2


async def test_choices_become_buttons(responses: LocalisedResponses) -> None:
    choices = [
        {"key": "choice-yes", "vars": {}, "payload": "/affirm"},
        {"text": "Deutsch", "payload": '/change_language{"wanted_language": "de"}'},
    ]
    made = await reply(responses, [{"key": "faq-none"}], choices=choices, language="de")
    assert [b["payload"] for b in made["buttons"]] == [c["payload"] for c in choices]
    assert made["buttons"][0]["title"] != "Yes, please"
    assert made["buttons"][1]["title"] == "Deutsch"
    assert all(0 < len(b["title"]) <= 20 for b in made["buttons"])


@pytest.mark.parametrize(
    ("given", "parsed", "slot", "language"),
    [
        ("fr", {"language": "de"}, "it", "fr"),
        (None, {"language": "de"}, "it", "de"),
        (None, {}, "it", "it"),
        (None, {}, None, "en"),
    ],
)
async def test_which_language_wins(
    responses: LocalisedResponses, given: str | None, parsed: dict[str, Any], slot: str | None, language: str
) -> None:
    made = await reply(responses, [{"key": "choice-yes"}], tracker=tracker(parsed, slot), language=given)
    expected = await reply(responses, [{"key": "choice-yes"}], language=language)
    assert (made["text"], made["language"]) == (expected["text"], language)


async def test_the_region_of_the_page_decides_the_form_of_numbers(responses: LocalisedResponses) -> None:
    part = {"key": "order-items", "vars": {"items": {"money": ["1299.50", "CHF"]}}}
    made = await reply(responses, [part], tracker=tracker({"language": "de"}, locale="de-CH"))
    assert "1’299.50" in made["text"]


async def test_any_other_utterance_is_the_text_of_its_name(responses: LocalisedResponses, domain: Domain) -> None:
    for action in domain.action_names_or_texts:
        if action.startswith("utter_"):
            for language in languages():
                made = await responses.generate(action, tracker({"language": language}), "gateway")
                assert made is not None
                assert made["text"]
                assert made["buttons"] == []


async def test_a_language_we_do_not_speak_is_answered_in_english(responses: LocalisedResponses) -> None:
    made = await reply(responses, [{"key": "choice-yes"}], language="sv")
    assert made["text"] == "Yes, please"


async def test_a_fault_of_the_program_is_no_text_to_a_buyer(responses: LocalisedResponses) -> None:
    with pytest.raises(MissingText):
        await reply(responses, [{"key": "no-such-text"}], language="de")
    with pytest.raises(ValueError, match="unknown kind"):
        await reply(responses, [{"key": "order-items", "vars": {"items": {"colour": "red"}}}], language="de")
