from pathlib import Path

import pytest
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.locales.languages import languages
from bot.nlu.data import intent_sentences
from bot.nlu.language import LanguageIdentifier, identify
from bot.nlu.linear import Features, LinearTextModel
from bot.nlu.text import letters

DATA = Path(__file__).resolve().parents[2] / "nlu_data"


@pytest.fixture(scope="module")
def model() -> LinearTextModel:
    """A small model on a third of the sentences: enough for what these tests ask."""
    rows = [(lang, letters(text)) for lang in languages() for _, text in list(intent_sentences(DATA, lang))[::3]]
    rows = [(lang, text) for lang, text in rows if text]
    return LinearTextModel.fit([text for _, text in rows], [lang for lang, _ in rows], Features((1, 3), 2, (1, 1)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("где посылка", "ru"),
        ("да", "ru"),
        ("أين طلبي", "ar"),
        ("لا", "ar"),
        ("注文はどこですか", "ja"),
        ("はい", "ja"),
        ("カタログ", "ja"),
        ("返品したい thanks", "ja"),
        ("我要退货 ok thanks", "zh"),
        ("我的订单在哪里", "zh"),
        ("好的", "zh"),
    ],
)
def test_the_script_decides(model: LinearTextModel, text: str, language: str) -> None:
    for so_far in (None, "en", "de", language):
        assert identify(text, model, so_far) == language


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "OK!",
        "DHL 1234",
        "no",
        "👍",
        "😡😡",
        "10432",
        "PL-10432",
        "anna@example.com",
        "?",
        "...",
        "١٢٣",
        "",
        "https://x.example/a",
    ],
)
@pytest.mark.parametrize("so_far", ["de", "ar", "ja", "pt", "en"])
def test_little_evidence_switches_nothing(model: LinearTextModel, text: str, so_far: str) -> None:
    assert identify(text, model, so_far) == so_far


@pytest.mark.parametrize("text", ["10432", "👍", "anna@example.com", "", "?"])
def test_without_evidence_and_history_it_is_english(model: LinearTextModel, text: str) -> None:
    assert identify(text, model) == "en"


CLEAR = [
    ("where is my order please, I have been waiting for two weeks", "en"),
    ("wo bleibt meine Bestellung, ich warte seit zwei Wochen", "de"),
    ("waar blijft mijn bestelling, ik wacht al twee weken", "nl"),
    ("où est ma commande, j'attends depuis deux semaines", "fr"),
    ("¿dónde está mi pedido? llevo dos semanas esperando", "es"),
    ("cadê meu pedido? estou esperando há duas semanas", "pt"),
    ("dov'è il mio ordine? aspetto da due settimane", "it"),
    ("gdzie jest moje zamówienie, czekam już dwa tygodnie", "pl"),
]


@pytest.mark.parametrize(("text", "language"), CLEAR)
@pytest.mark.parametrize("so_far", [None, "en", "es", "nl", "ja", "ar"])
def test_clear_evidence_switches(model: LinearTextModel, text: str, language: str, so_far: str | None) -> None:
    assert identify(text, model, so_far) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quero devolver o produto", "pt"),
        ("quiero devolver el producto", "es"),
        ("não recebi nada ainda", "pt"),
        ("todavía no he recibido nada", "es"),
        ("ik wil mijn geld terug", "nl"),
        ("ich will mein geld zurück", "de"),
        ("hoe lang duurt de verzending", "nl"),
        ("wie lange dauert der versand", "de"),
    ],
)
def test_neighbours_are_told_apart(model: LinearTextModel, text: str, language: str) -> None:
    assert identify(text, model) == language
    assert identify(text, model, language) == language


def test_two_characters_that_two_languages_share_follow_the_conversation(model: LinearTextModel) -> None:
    for text in ("返品", "配送料"):
        assert identify(text, model, "ja") == "ja"
    assert identify("退货", model, "zh") == "zh"
    assert identify("退款", model) == "zh"
    for so_far in ("de", "ar"):
        assert identify("我想退货退款", model, so_far) == "zh"


def test_arabic_in_latin_letters(model: LinearTextModel) -> None:
    assert identify("salam, fen el order bta3i, 3ayez a3raf emta hayewsal", model) == "ar"
    assert identify("fen el order bta3i law sama7t", model, "ar") == "ar"


def test_a_script_nobody_reads_is_no_obstacle(model: LinearTextModel) -> None:
    for text in ("주문이 어디에 있나요", "πού είναι η παραγγελία", "ผมต้องการคืนสินค้า", "𝕳𝖊𝖑𝖑𝖔"):
        assert identify(text, model, "fr") in languages()
        assert identify(text, model) in languages()


def test_the_slot_counts_before_the_page_and_both_before_nothing(model: LinearTextModel) -> None:
    component = LanguageIdentifier({}, None, None, model)  # type: ignore[arg-type]

    def language(text: str, slot: str | None, page: str | None) -> str:
        tracker = DialogueStateTracker(
            "c", [TextSlot("language", [], initial_value=slot, influence_conversation=False)]
        )
        message = Message({"text": text, "metadata": {"language": page}})
        component.process([message], tracker)
        (entity,) = message.get("entities")
        assert entity["entity"] == "language"
        assert entity["value"] == message.get("language")
        return str(entity["value"])

    assert language("ok", "de", "fr-CA") == "de"
    assert language("ok", None, "fr-CA") == "fr"
    assert language("ok", None, "xx") == "en"
    assert language("ok", None, None) == "en"
    assert language("wo bleibt meine Bestellung, bitte", "fr", "es") == "de"
