import random
import time
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import PatternEntityExtractor

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("order_number", "tracking_number", "postcode", "phone", "email", "quantity")


@pytest.fixture(scope="module")
def extractor() -> PatternEntityExtractor:
    return PatternEntityExtractor({"data": str(ROOT / "nlu_data")})


def values(extractor: PatternEntityExtractor, text: str, language: str, *names: str) -> list[tuple[str, str]]:
    found = sorted(extractor.extract(text, language), key=lambda e: e["start"])
    return [(e["entity"], e["value"]) for e in found if e["entity"] in (names or NUMBERS)]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "#10432", "10432"),
        ("en", "where is # 10432?", "10432"),
        ("en", "PL-10432", "PL-10432"),
        ("en", "pl-10432 please", "PL-10432"),
        ("en", "PL 10432", "PL-10432"),
        ("en", "pl10432", "PL10432"),
        ("en", "ORD-88213.", "ORD-88213"),
        ("en", "order no. 10432", "10432"),
        ("en", "No, 10433!", "10433"),
        ("en", "my order is 10432 thanks", "10432"),
        ("en", "MY ORDER IS 10432 NOW", "10432"),
        ("en", "DHL 10432", "10432"),
        ("de", "nr 10432", "10432"),
        ("de", "Nr.10432", "10432"),
        ("de", "Auftrag 8812-40", "8812-40"),
        ("de", "zu Auftrag 77-2210", "77-2210"),
        ("nl", "bestelling nr. 10432", "10432"),
        ("fr", "commande n°10432", "10432"),
        ("es", "pedido nº 10432", "10432"),
        ("ru", "заказ №10432", "10432"),
        ("en", "4471-0923", "4471-0923"),
        ("en", "113542617735902", "113542617735902"),
        ("en", "302-1234567-7654321", "302-1234567-7654321"),
        ("en", "#101", "101"),
        ("en", "#2024", "2024"),
        ("ja", "注文番号１０４３２です", "10432"),
        ("ja", "注文10432はどこですか", "10432"),
        ("ja", "ＰＬ－１０４３２", "PL-10432"),
        ("zh", "订单PL-10432什么时候到", "PL-10432"),
        ("zh", "订单号：１０４３２", "10432"),
        ("ar", "طلبي رقم ١٠٤٣٢", "10432"),
        ("ar", "#۱۰۴۳۲", "10432"),
        ("ar", "\u200fطلب \u200e#10432\u200e", "10432"),
        ("en", "PL\u200b-104\u200d32", "PL-10432"),
        ("en", "PL\u201110432", "PL-10432"),
        ("en", "ordered 2 in 2024: 10432", "10432"),
    ],
)
def test_an_order_number(extractor: PatternEntityExtractor, language: str, text: str, number: str) -> None:
    assert values(extractor, text, language) == [("order_number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "bought in 2024",
        "in 2019 I ordered",
        "May 2023",
        "2023-2024",
        "no 2024",
        "on 2024-05-03",
        "am 12.05.2024",
        "12/05/24",
        "2024年5月3日",
        "٢٠٢٤/٠٥/٠٣",
        "€1299",
        "1.299,00 €",
        "$1,299.00",
        "1299 EUR",
        "R$ 1299",
        "1299 zł",
        "CHF 1299",
        "2500 ريال",
        "1299元",
        "1299 dollars",
        "at 10:30",
        "size 42, 100 cm",
        "5000 mAh",
        "1500ml",
        "100% cotton",
        "my iphone 15",
        "Hauptstraße 12",
        "WH-1000XM5",
        "3 x 4",
    ],
)
def test_no_order_number(extractor: PatternEntityExtractor, text: str) -> None:
    assert values(extractor, text, "en") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call +49 170 1234567", "+491701234567"),
        ("+1 (415) 555-0132", "+14155550132"),
        ("0049 170 1234567", "+491701234567"),
        ("0170 1234567", "01701234567"),
        ("0170/1234567", "01701234567"),
        ("06 12 34 56 78", "0612345678"),
        ("0612345678", "0612345678"),
        ("090-1234-5678", "09012345678"),
        ("415-555-0132", "4155550132"),
        ("电话+86 138 0013 8000", "+8613800138000"),
    ],
)
def test_a_phone_number_is_no_order_number(extractor: PatternEntityExtractor, text: str, number: str) -> None:
    assert values(extractor, text, "en") == [("phone", number)]


@pytest.mark.parametrize(("text", "count"), [("500 pieces", "500"), ("1000 Stück", "1000"), ("要300件", "300")])
def test_a_quantity(extractor: PatternEntityExtractor, text: str, count: str) -> None:
    assert values(extractor, text, "zh") == [("quantity", count)]


@pytest.mark.parametrize(
    "number", ["1Z999AA10123456784", "RR123456785CN", "SF1234567890123", "LP00123456789012", "3SABCD1234567"]
)
def test_a_tracking_number(extractor: PatternEntityExtractor, number: str) -> None:
    for text in (number, f"tracking {number.lower()}.", f"快递单号{number}到哪了"):
        assert values(extractor, text, "zh") == [("tracking_number", number)]


def test_a_long_word_is_no_tracking_number(extractor: PatternEntityExtractor) -> None:
    assert values(extractor, "ejemplarmente ejecutivamente sfortunatamente", "es") == []


@pytest.mark.parametrize(
    "text",
    [
        "我的邮箱是anna@example.com，谢谢",
        "メールはanna@example.comです",
        "Anna@Example.com.",
        "ايميلي anna@example.com",
    ],
)
def test_an_address_is_found_within_any_script(extractor: PatternEntityExtractor, text: str) -> None:
    (entity,) = [e for e in extractor.extract(text, "en") if e["entity"] == "email"]
    assert entity["value"] == "anna@example.com"
    assert text[entity["start"] : entity["end"]].lower() == "anna@example.com"


def test_an_address_with_digits_is_one_thing(extractor: PatternEntityExtractor) -> None:
    assert values(extractor, "anna10432@example.com", "en") == [("email", "anna10432@example.com")]


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("SW1A 1AA", "SW1A 1AA"),
        ("m1 1ae", "M1 1AE"),
        ("1012 AB", "1012 AB"),
        ("mijn postcode is 1012AB", "1012AB"),
        ("1012 ab", "1012 AB"),
        ("00-950", "00-950"),
        ("01310-100", "01310-100"),
        ("〒100-0001", "100-0001"),
        ("K1A 0B6", "K1A 0B6"),
        ("90210-1234", "90210-1234"),
        ("PLZ 10115", "10115"),
        ("zip code: 94107", "94107"),
        ("邮编100000", "100000"),
        ("индекс 101000", "101000"),
    ],
)
def test_a_postcode(extractor: PatternEntityExtractor, text: str, postcode: str) -> None:
    assert values(extractor, text, "en") == [("postcode", postcode)]


@pytest.mark.parametrize(
    ("text", "order", "postcode"),
    [
        ("PL-10432, 10115", "PL-10432", "10115"),
        ("10115 PL-10432", "PL-10432", "10115"),
        ("10432 and 90210", "10432", "90210"),
        ("#10432 10115", "10432", "10115"),
        ("10115, #10432", "10432", "10115"),
        ("Bestellung 10432, PLZ 10115", "10432", "10115"),
        ("PL-10432 SW1A 1AA", "PL-10432", "SW1A 1AA"),
        ("PL-10432, 〒100-0001", "PL-10432", "100-0001"),
    ],
)
def test_a_number_and_a_postcode(extractor: PatternEntityExtractor, text: str, order: str, postcode: str) -> None:
    assert sorted(values(extractor, text, "en")) == [("order_number", order), ("postcode", postcode)]


def test_two_marked_numbers_are_two_orders(extractor: PatternEntityExtractor) -> None:
    assert values(extractor, "#10432 and #10433", "en") == [("order_number", "10432"), ("order_number", "10433")]


def test_small_talk_about_a_number_is_no_postcode(extractor: PatternEntityExtractor) -> None:
    assert values(extractor, "my order 1234 ok", "en") == [("order_number", "1234")]
    assert values(extractor, "BESTELLING 1234 IS WEG", "nl") == [("order_number", "1234")]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "to the uk", "GB"),
        ("en", "ship to the United States?", "US"),
        ("en", "do you deliver to U.S.A.", "US"),
        ("en", "UAE", "AE"),
        ("en", "bosnia & herzegovina", "BA"),
        ("en", "to Myanmar", "MM"),
        ("de", "nach Polen.", "PL"),
        ("de", "in die Schweiz", "CH"),
        ("de", "nach Österreich", "AT"),
        ("de", "nach O\u0308sterreich", "AT"),
        ("de", "nach usa", "US"),
        ("nl", "naar Polen", "PL"),
        ("nl", "naar België", "BE"),
        ("nl", "naar belgie", "BE"),
        ("nl", "naar de VS", "US"),
        ("fr", "au Brésil", "BR"),
        ("fr", "au bresil", "BR"),
        ("fr", "aux États-Unis", "US"),
        ("fr", "de l'Allemagne", "DE"),
        ("fr", "en Côte d’Ivoire", "CI"),
        ("es", "a España", "ES"),
        ("es", "a los estados unidos", "US"),
        ("es", "a USA", "US"),
        ("es", "a Mexico", "MX"),
        ("it", "agli Stati Uniti", "US"),
        ("it", "dall'Italia", "IT"),
        ("it", "nel Regno Unito", "GB"),
        ("pt", "pra Argentina", "AR"),
        ("pt", "para os EUA", "US"),
        ("pt", "moro nos usa", "US"),
        ("pt", "Japao", "JP"),
        ("pl", "do Niemiec", "DE"),
        ("pl", "do Polski", "PL"),
        ("pl", "w Szwecji", "SE"),
        ("pl", "do Wielkiej Brytanii", "GB"),
        ("ru", "в Германию", "DE"),
        ("ru", "во Францию", "FR"),
        ("ru", "в США", "US"),
        ("ar", "إلى السعودية", "SA"),
        ("ar", "للسعودية", "SA"),
        ("ar", "الى المانيا", "DE"),
        ("ar", "بالكويت", "KW"),
        ("ar", "السّعوديّة", "SA"),
        ("zh", "发到日本要多久", "JP"),
        ("zh", "寄到台灣", "TW"),
        ("zh", "发到USA", "US"),
        ("ja", "ブラジルまで", "BR"),
        ("ja", "インドネシアに送れますか", "ID"),
        ("ja", "アメリカへ", "US"),
    ],
)
def test_a_country_as_people_type_it(extractor: PatternEntityExtractor, language: str, text: str, code: str) -> None:
    assert values(extractor, text, language, "country") == [("country", code)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "quien usa esto"),
        ("pt", "a gente usa todo dia"),
        ("it", "come si usa"),
        ("pt", "estou indo embora"),
        ("en", "a blue jersey"),
        ("en", "jordan shoes"),
        ("en", "is it in yet, no"),
        ("en", "suede boots"),
        ("de", "alles ok so"),
        ("ja", "これはインディゴですか"),
    ],
)
def test_a_word_that_is_no_country(extractor: PatternEntityExtractor, language: str, text: str) -> None:
    assert values(extractor, text, language, "country") == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "can I return shoes", "shoes"),
        ("de", "meine schuhe", "shoes"),
        ("pl", "moje buty", "shoes"),
        ("ru", "вернуть обувь", "shoes"),
        ("ar", "أريد إرجاع الحذاء", "shoes"),
        ("zh", "鞋子可以退吗", "shoes"),
        ("ja", "靴を返品したい", "shoes"),
        ("ja", "ワイヤレスイヤホンを返品", "electronics"),
        ("es", "las zapatillas", "shoes"),
        ("nl", "mijn laptop", "electronics"),
    ],
)
def test_a_class_of_goods(extractor: PatternEntityExtractor, language: str, text: str, name: str) -> None:
    assert values(extractor, text, language, "product_class") == [("product_class", name)]


def test_a_name_inside_another_word_is_none(extractor: PatternEntityExtractor) -> None:
    assert values(extractor, "ブラジルまで", "ja", "product_class") == []


@pytest.mark.parametrize(("language", "text"), [("de", "auf deutsch bitte"), ("zh", "说德文"), ("en", "german please")])
def test_a_wanted_language(extractor: PatternEntityExtractor, language: str, text: str) -> None:
    assert values(extractor, text, language, "wanted_language") == [("wanted_language", "de")]


def test_places_are_those_of_the_text_as_typed(extractor: PatternEntityExtractor) -> None:
    text = "\u200fإلى \u200eألمانيا\u200f طلب \u202a#\u200b１04３2\u202c"
    spans = {e["entity"]: text[e["start"] : e["end"]] for e in extractor.extract(text, "ar")}
    assert spans == {"country": "ألمانيا", "order_number": "１04３2"}


def test_a_message_keeps_the_entities_it_has(extractor: PatternEntityExtractor) -> None:
    message = Message({"text": "PL-10432", "language": "en", "entities": [{"entity": "language", "value": "en"}]})
    extractor.process([message, Message({"text": ""})])
    assert [e["entity"] for e in message.get("entities")] == ["language", "order_number"]


def _random_text(chance: random.Random) -> str:
    pieces = [
        "PL-10432", "#10432", "10115", "№", "+49 170 1234567", "0170", "2024", "€", "12.05.2024", "a@b.co", "SW1A 1AA",
        "日本", "ブラジル", "للسعودية", "Polen", "U.S.A.", "usa", "l'", "’", "-", ".", " ", "\u200b", "\u202e", "1Z",
        "１２３４", "٤٥٦٧", "http://", "kg", "\n", "\t", "🙂", "و", "ال", "İ", "ß", "ﬁ", "ǅ",
    ]  # fmt: skip
    parts = [
        chance.choice(pieces)
        if chance.random() < 0.7
        else chr(chance.choice([33, 0x600, 0x3040, 0xFF00]) + chance.randrange(90))
        for _ in range(chance.randint(0, 14))
    ]
    return unicodedata.normalize("NFC", chance.choice(["", " "]).join(parts))


def test_any_text_gives_places_inside_it_and_no_overlaps(extractor: PatternEntityExtractor) -> None:
    chance = random.Random(20)
    for _ in range(1500):
        text, language = _random_text(chance), chance.choice(["en", "ar", "zh", "ja", "pl", "xx"])
        found = extractor.extract(text, language)
        assert all(0 <= e["start"] < e["end"] <= len(text) and e["value"] for e in found), text
        for names in (NUMBERS, ("country",), ("product_class",), ("wanted_language",)):
            assert not _overlap([e for e in found if e["entity"] in names]), text


def _overlap(found: list[dict[str, Any]]) -> bool:
    ordered = sorted(found, key=lambda e: e["start"])
    return any(first["end"] > second["start"] for first, second in pairwise(ordered))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, where is my order PL-10432? I ordered it two weeks ago"),
        (
            "zh",
            "你好，我的订单PL-10432什么时候发货到日本？我等了很久了，请帮我查一下，谢谢你们的帮助，谢谢，再见，祝好",
        ),
        ("ar", "مرحبا، أين طلبي رقم ١٠٤٣٢؟ أريد الشحن للسعودية بسرعة من فضلكم"),
    ],
)
def test_it_takes_a_fraction_of_a_millisecond(extractor: PatternEntityExtractor, language: str, text: str) -> None:
    seconds = []
    for _ in range(50):
        started = time.perf_counter()
        extractor.extract(text, language)
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.001  # 0.2 ms on a free core; room for a busy one


@pytest.mark.parametrize(
    "piece", ["1", "1-", "1.", "a1 ", "a@", "a'", "+1 ", "0 ", "00", "usa ", "ال", "日", "http://"]
)
def test_a_hostile_text_takes_no_long_time(extractor: PatternEntityExtractor, piece: str) -> None:
    started = time.perf_counter()
    extractor.extract((piece * 4000)[:4000], "es")
    assert time.perf_counter() - started < 2.0
