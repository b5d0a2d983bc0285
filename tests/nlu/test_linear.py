from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.linear import Features, LinearTextModel, NGrams

PARCEL = ["where is my parcel", "my parcel is late", "parcel not here yet", "has the parcel left", "track my parcel"]
MONEY = ["give my money back", "where is my refund", "money not returned", "refund please", "when do i get my money"]
THANKS = ["thank you so much", "many thanks", "thanks a lot", "cheers thanks", "thank you kindly"]


def fitted(groups: dict[str, list[str]], features: Features | None = None) -> LinearTextModel:
    rows = [(label, text) for label, texts in groups.items() for text in texts * 3]
    return LinearTextModel.fit([t for _, t in rows], [label for label, _ in rows], features or Features((1, 3), 1))


@pytest.fixture(scope="module")
def three() -> LinearTextModel:
    return fitted({"parcel": PARCEL, "money": MONEY, "thanks": THANKS})


@pytest.fixture(scope="module")
def two() -> LinearTextModel:
    return fitted({"parcel": PARCEL, "thanks": THANKS})


TEXTS = ["where is the parcel", "refund", "thanks!", "", " ", "完全不同", "zzzz", "🙂", "parcel thanks", "a" * 5000]


@pytest.mark.parametrize("text", TEXTS)
def test_probabilities_sum_to_one_and_fall(three: LinearTextModel, two: LinearTextModel, text: str) -> None:
    for model in (three, two):
        ranking = model.rank(text)
        probabilities = [p for _, p in ranking]
        assert sorted(name for name, _ in ranking) == model.labels
        assert sum(probabilities) == pytest.approx(1.0, abs=1e-5)
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0.0 <= p <= 1.0 for p in probabilities)


def test_the_likeliest_label_is_right(three: LinearTextModel) -> None:
    assert three.rank("where might the parcel be")[0][0] == "parcel"
    assert three.rank("i want my money")[0][0] == "money"
    assert three.rank("ok thanks")[0][0] == "thanks"


def test_two_classes_point_the_right_way(two: LinearTextModel) -> None:
    assert two.rank("the parcel")[0][0] == "parcel"
    assert two.rank("thank you")[0][0] == "thanks"


def test_confidence_grows_with_the_evidence(three: LinearTextModel) -> None:
    sure = three.rank("where is my parcel")[0][1]
    mixed = three.rank("thanks, parcel")[0][1]
    unknown = three.rank("qqqq")[0][1]
    assert sure > mixed
    assert sure > 0.7
    assert unknown < 0.7


def test_noisy_labels_make_it_humbler() -> None:
    chance = np.random.RandomState(3)
    texts = PARCEL * 6 + THANKS * 6
    truth = ["parcel"] * 30 + ["thanks"] * 30
    noisy = [label if chance.rand() > 0.35 else ("thanks" if label == "parcel" else "parcel") for label in truth]
    clean_model = LinearTextModel.fit(texts, truth, Features((1, 3), 1))
    noisy_model = LinearTextModel.fit(texts, noisy, Features((1, 3), 1))
    assert noisy_model.rank("track my parcel")[0][1] < clean_model.rank("track my parcel")[0][1]


def test_a_label_with_one_sentence_is_no_obstacle() -> None:
    model = fitted({"parcel": PARCEL, "thanks": THANKS})
    single = LinearTextModel.fit([*PARCEL, "goodbye"], ["parcel"] * 5 + ["bye"], Features((1, 3), 1))
    assert model.labels == ["parcel", "thanks"]
    assert single.rank("goodbye")[0][0] == "bye"


def test_without_words_as_features() -> None:
    model = fitted({"parcel": PARCEL, "thanks": THANKS}, Features((1, 3), 1, None))
    assert model.rank("parcels")[0][0] == "parcel"


def test_training_twice_gives_the_same_model() -> None:
    first, second = (fitted({"parcel": PARCEL, "thanks": THANKS}).rank("thanks for the parcel") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "options",
    [
        {"analyzer": "char_wb", "ngram_range": (1, 4)},
        {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
        {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    ],
)
def test_the_fast_way_weighs_as_scikit_learn_does(options: dict[str, Any]) -> None:
    vectorizer = TfidfVectorizer(sublinear_tf=True, lowercase=False, dtype=np.float32, **options)
    vectorizer.fit([*PARCEL, *MONEY, *THANKS, "où est le colis", "包裹在哪里"])
    grams = NGrams(vectorizer, 100)
    for text in [
        "where is my parcel parcel",
        "a",
        "",
        "  ",
        "qqq",
        "le colis, où?",
        "包裹 在",
        "x\ty\nz",
        "I'm e-mail\u00a0me",
    ]:
        expected = vectorizer.transform([text])
        columns, values = grams(text)
        weights = dict(zip(expected.indices, expected.data, strict=True))
        assert dict(zip(columns - 100, values, strict=True)) == pytest.approx(weights, abs=1e-6)
