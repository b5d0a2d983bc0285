"""Languages by tag, and the locale of a reader."""

import pytest
from babel import Locale

from bot.locales.languages import languages, reader_locale, region_of, supported


def test_twelve_languages_and_their_menu_order() -> None:
    assert list(languages()) == ["en", "es", "zh", "ar", "fr", "de", "pt", "it", "nl", "pl", "ru", "ja"]
    assert [code for code, language in languages().items() if language.rtl] == ["ar"]
    assert {code for code, language in languages().items() if language.desk} == {"en", "zh"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"), ("pt-BR", "pt"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("AR-eg", "ar"), (" en ", "en"),
        ("tlh", None), ("", None), (None, None), ("deutsch", None), ("-", None), ("x\x00", None),
    ],
)  # fmt: skip
def test_a_tag_has_a_supported_language_or_none(tag: str | None, code: str | None) -> None:
    assert supported(tag) == code


@pytest.mark.parametrize(
    ("tag", "region"),
    [
        ("de-CH", "CH"), ("pt_br", "BR"), ("zh-Hant-TW", "TW"), ("zh-Hans", None), ("en", None), ("es-419", None),
        ("", None), (None, None), ("CH", None),
    ],
)  # fmt: skip
def test_a_tag_has_a_region_or_none(tag: str | None, region: str | None) -> None:
    assert region_of(tag) == region


@pytest.mark.parametrize(
    ("language", "tag", "locale"),
    [
        ("de", "de-CH", "de_CH"),
        ("de", None, "de"),
        ("en", None, "en_GB"),
        ("en", "en-US", "en_US"),
        ("pt", "pt-PT", "pt_PT"),
        ("pt", "pt", "pt_BR"),
        ("pl", "de-DE", "pl"),
        ("de", "de-ZZ", "de_DE"),
        ("tlh", "tlh-QQ", "en_GB"),
        ("ar", "ar-EG", "ar_EG"),
    ],
)
def test_a_reader_has_the_locale_of_language_and_region(language: str, tag: str | None, locale: str) -> None:
    assert str(reader_locale(language, tag)) == locale


@pytest.mark.parametrize("language", languages())
def test_any_region_gives_a_locale_of_the_language(language: str) -> None:
    for region in Locale.parse("en").territories:
        assert reader_locale(language, f"{language}-{region}").language == language
