import random

import pytest

from bot.nlu.text import EMAIL, TEXT_LIMIT, URL, ascii_digits, folded, letters, model_text, plain_characters, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [("١٠٤٣٢", "10432"), ("۱۰۴۳۲", "10432"), ("１０４３２", "10432"), ("१०४", "104"), ("x²", "x²"), ("Ⅳ", "Ⅳ")],
)
def test_decimal_digits_of_every_script_become_ascii(text: str, plain: str) -> None:
    assert ascii_digits(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＰＬ－１０４３２", "PL-10432"),
        ("PL\u201110432", "PL-10432"),
        ("1012\u00a0AB", "1012 AB"),
        ("カード", "カード"),
    ],
)
def test_lookalikes_become_ascii_in_place(text: str, plain: str) -> None:
    assert plain_characters(text) == plain


def test_folded_is_one_form_for_case_width_space_and_invisible_characters() -> None:
    assert folded("  HÉLLO\u200f \u00a0 ＷＯＲＬＤ\u202c ") == "héllo world"
    assert folded("e\u0301") == "é"
    assert folded("Straße") == "strasse"
    assert len(folded("a" * 3 * TEXT_LIMIT)) == TEXT_LIMIT


def test_model_text_masks_what_names_a_person_or_an_order() -> None:
    masked = model_text("Order 10482, mail Anna@Example.com, see https://shop.example/x?id=7")
    assert masked.split() == ["order", "000,", "mail", "@mail", ",", "see", "@url"]
    assert model_text("heeeeelp!!!!!!") == "heeelp!!!"


@pytest.mark.parametrize(
    "glued", ["我的邮箱是{}，谢谢", "メールは{}です。", "邮箱：{}。", "<{}>", "({})", "'{}'", "write {}."]
)
def test_an_address_ends_where_its_sentence_goes_on(glued: str) -> None:
    for address in ("anna@example.com", "a.b+c@mail.co.uk", "jürgen@bücher.de"):
        assert [m.group() for m in EMAIL.finditer(glued.format(address))] == [address]


@pytest.mark.parametrize("text", ["@anna", "anna@", "anna@home", "a @ b.com", "5@3.2"])
def test_no_address(text: str) -> None:
    assert EMAIL.search(text) is None


def test_a_link_ends_before_chinese() -> None:
    found = URL.search("看https://shop.example/a?b=1。订单10432")
    assert found is not None
    assert found.group() == "https://shop.example/a?b=1"


def test_letters_are_words_only() -> None:
    assert letters("Hi 😀 anna@example.com, 10432 — où?! www.x.example") == "hi où"
    assert words("12 34 !!") == []
    assert letters("السّلام عليكم") == "السّلام عليكم"


def test_any_text_is_read() -> None:
    chance = random.Random(1)
    ranges = [(32, 126), (0xA0, 0x24F), (0x370, 0x52F), (0x590, 0x6FF), (0x2000, 0x206F), (0x3000, 0x9FFF)]
    ranges += [(0xD800, 0xDFFF), (0xF900, 0xFFFF), (0x1F300, 0x1FAFF)]
    for _ in range(300):
        text = "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(0, 60)))
        assert len(plain_characters(text)) == len(text)
        assert "\u200b" not in folded(text)
        model_text(text)
        words(text)


def test_a_long_word_takes_no_long_time() -> None:
    for text in ("a" * 4000, "a.b" * 1300, "a@" * 2000, "@" * 4000, "a@" + "b." * 2000):
        model_text(text)
