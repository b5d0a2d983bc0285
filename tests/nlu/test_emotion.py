import pytest

from bot.nlu.emotion import emotion_text


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("WHERE IS MY PARCEL", ["§shout"]),
        ("ГДЕ МОЯ ПОСЫЛКА", ["§shout"]),
        ("Where is my parcel", []),
        ("USA, DHL", []),
        ("我的包裹在哪里啊啊啊", []),
        ("أين طلبي يا جماعة الخير", []),
        ("where!!", ["§marks"]),
        ("where?!", ["§marks"]),
        ("哪里！！", ["§marks"]),
        ("where!?", ["§marks"]),
        ("where?", []),
        ("well...", ["§dots"]),
        ("well…", ["§dots"]),
        ("WHERE IS MY PARCEL?! HELLO...", ["§shout", "§marks", "§dots"]),
    ],
)
def test_what_typing_gives_away(text: str, marks: list[str]) -> None:
    assert [word for word in emotion_text(text).split() if word.startswith("§")] == marks


def test_the_words_stay_in_one_form() -> None:
    assert emotion_text("Where IS order 12345").startswith("where is order 000")
