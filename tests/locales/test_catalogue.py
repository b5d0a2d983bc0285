"""Every text in every language: it renders, counts as the language counts, and fits its button."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from babel import Locale

from bot.channels.storefront.strings import chat_strings
from bot.locales.catalogue import Catalogues, CatalogueSyntaxError, Message, MissingText, catalogues, parse
from bot.locales.languages import FOLDER, languages

NUMBERS = (0, 1, 2, 3, 5, 11, 21, 100)
BUTTON_LIMIT = 20
# Arabic names none, one and two of a thing without a number.
WITHOUT_NUMBER = {"ar": {0, 1, 2}}


def messages(language: str) -> dict[str, Message]:
    return {m.key: m for path in sorted((FOLDER / language).glob("*.ftl")) for m in parse(path)}


def expected_keys(language: str) -> set[str]:
    desk = languages()[language].desk
    return {key for key in messages("en") if desk or not key.startswith("desk-")}


def rendered(key: str, language: str, variables: frozenset[str], number: int, *, counted: bool) -> str:
    values = {name: number if counted else f"<{name}>" for name in variables}
    return catalogues().text(key, language, **values)


@pytest.mark.parametrize("language", languages())
def test_every_text_renders_with_its_variables(language: str, caplog: pytest.LogCaptureFixture) -> None:
    own = messages(language)
    assert set(own) == expected_keys(language)
    with caplog.at_level(logging.WARNING, logger="bot.locales"):
        for key, message in own.items():
            if message.categories:
                continue
            text = rendered(key, language, message.variables, 0, counted=False)
            assert text.strip(), key
            assert not re.search(r"[{}$]", text), f"{key}: {text}"
            assert all(f"<{name}>" in text for name in message.variables), f"{key}: {text}"
    assert caplog.records == []


@pytest.mark.parametrize("language", languages())
def test_texts_that_count_count_as_the_language_does(language: str, caplog: pytest.LogCaptureFixture) -> None:
    category = Locale.parse(languages()[language].locale).plural_form
    with caplog.at_level(logging.WARNING, logger="bot.locales"):
        for key, message in messages(language).items():
            if not message.categories:
                continue
            shapes: dict[str, set[str]] = {}
            for number in NUMBERS:
                text = rendered(key, language, message.variables, number, counted=True)
                assert not re.search(r"[{}$]", text), f"{key}: {text}"
                assert str(number) in text or number in WITHOUT_NUMBER.get(language, ()), f"{key}: {text}"
                shapes.setdefault(category(number), set()).add(text.replace(str(number), "N"))
            for name, texts in shapes.items():
                assert len({t for t in texts if "N" in t}) <= 1, f"{key}, {name}: {texts}"
    assert caplog.records == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["1 new message", "2 new messages", "5 new messages"]),
        ("pl", ["1 nowa wiadomość", "2 nowe wiadomości", "5 nowych wiadomości"]),
        ("ru", ["1 новое сообщение", "2 новых сообщения", "5 новых сообщений"]),
    ],
)
def test_plural_forms_are_told_apart(language: str, forms: list[str]) -> None:
    assert [catalogues().text("chat-unread", language, count=number) for number in (1, 2, 5)] == forms


@pytest.mark.parametrize("language", languages())
def test_buttons_fit_every_channel(language: str) -> None:
    long = {
        key: catalogues().text(key, language)
        for key in messages(language)
        if key.startswith("choice-") and len(catalogues().text(key, language)) > BUTTON_LIMIT
    }
    assert long == {}


# What the chat element gets


@pytest.mark.parametrize("language", languages())
def test_the_chat_gets_every_text_as_data(language: str) -> None:
    strings = chat_strings(language)
    wanted = {m.key for m in parse(FOLDER / "en" / "chat.ftl")}
    assert wanted | {"greeting"} == set(strings)
    assert strings["chat-typing"].count("{name}") == 1
    assert "Sundry Lane" in strings["greeting"]


@pytest.mark.parametrize("language", languages())
def test_the_chat_has_a_form_for_every_number(language: str) -> None:
    category = Locale.parse(languages()[language].locale).plural_form
    forms = chat_strings(language)["chat-unread"]
    for number in range(1, 200):
        form = forms.get(category(number), forms["other"])
        expected = catalogues().text("chat-unread", language, count=number)
        assert form.replace("{count}", str(number)) == re.sub("[\u2068\u2069]", "", expected)


# Fallback


@pytest.fixture
def own(tmp_path: Path) -> Catalogues:
    for language, text in {
        "en": "hello = Hello\nname = I am { $name }\nonly-english = Only here\n",
        "de": "hello = Hallo\nname = Ich bin { $nam }\n",
        "ar": "name = أنا { $name }\n",
    }.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "chat.ftl").write_text(text, encoding="utf-8")
    return Catalogues(tmp_path)


def test_a_text_is_the_languages_own(own: Catalogues) -> None:
    assert (own.text("hello", "de"), own.text("hello", "en")) == ("Hallo", "Hello")
    assert own.has("hello", "de")
    assert not own.has("only-english", "de")


def test_a_missing_text_is_english_with_a_warning(own: Catalogues, caplog: pytest.LogCaptureFixture) -> None:
    assert own.text("only-english", "de") == "Only here"
    assert "only-english is missing in de" in caplog.text


@pytest.mark.parametrize("language", ["tlh", "", "EN"])
def test_an_unknown_language_is_english(own: Catalogues, language: str) -> None:
    assert own.text("hello", language) == "Hello"


def test_a_text_that_cannot_be_rendered_is_english_with_a_warning(
    own: Catalogues, caplog: pytest.LogCaptureFixture
) -> None:
    assert own.text("name", "de", name="Ana") == "I am Ana"
    assert "name in de" in caplog.text


def test_a_text_that_exists_nowhere_is_a_fault_of_the_program(own: Catalogues) -> None:
    with pytest.raises(MissingText):
        own.text("nothing", "de")


def test_what_is_put_into_right_to_left_text_stays_in_one_piece(own: Catalogues) -> None:
    assert own.text("name", "ar", name="PL-10432") == "أنا \u2068PL-10432\u2069"
    assert own.text("name", "en", name="PL-10432") == "I am PL-10432"


def test_a_value_is_no_pattern(own: Catalogues) -> None:
    assert own.text("name", "en", name="{ $name } <b>") == "I am { $name } <b>"


def test_a_file_that_does_not_parse_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "chat.ftl"
    path.write_text("fine = Fine\nbroken = { $\n", encoding="utf-8")
    with pytest.raises(CatalogueSyntaxError, match=r"^chat\.ftl:2: "):
        list(parse(path))
