"""What a search decides, what it does with odd texts, and how a changed corpus comes in."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from retrieval_double import GramEncoder

from retrieval.calibration import Calibration
from retrieval.corpus import CorpusError
from retrieval.search import Answer, Retriever


@pytest.fixture
def retriever(corpus_folder: Path, encoder: GramEncoder, calibration: Calibration, tmp_path: Path) -> Retriever:
    return Retriever(corpus_folder, tmp_path / "index", encoder, calibration)


def test_sure_match_is_answered(retriever: Retriever) -> None:
    answer = retriever.search("how long does a refund take", "en")
    assert answer.decision == "answer"
    best = answer.matches[0]
    assert (best.faq_id, best.language) == ("refund_how_long", "en")
    assert best.question == "How long does a refund take?"
    assert best.confidence > 0.8 > answer.matches[1].confidence
    assert [m.score for m in answer.matches] == sorted((m.score for m in answer.matches), reverse=True)


def test_vague_match_is_offered_and_strange_one_refused(retriever: Retriever) -> None:
    assert retriever.search("refund my cards now", "en").decision == "suggest"
    assert retriever.search("zebra xylophone", "en").decision == "none"


def test_k_and_region(retriever: Retriever) -> None:
    assert len(retriever.search("refund", "en", k=2).matches) == 2
    assert retriever.search("refund", "en", k=0) == Answer("none")
    for region, answer in ((None, "{return_days}"), ("US", "{return_days}"), ("FR", "fourteen")):
        assert answer in retriever.search("How do I return an item?", "en", region).matches[0].answer


def test_own_language_first_others_as_a_bridge(retriever: Retriever) -> None:
    # German has return_how itself: the English one does not appear, even for its very words.
    matches = retriever.search("send something back", "de").matches
    assert {m.language for m in matches if m.faq_id == "return_how"} == {"de"}
    # It lacks the payment methods: the English entry stands in and says so.
    bridged = retriever.search("Which payment methods do you accept?", "de")
    assert (bridged.matches[0].faq_id, bridged.matches[0].language) == ("payment_methods", "en")
    # A language without any entry has only bridges, one for each id.
    foreign = retriever.search("credit cards", "tr").matches
    assert len({m.faq_id for m in foreign}) == len(foreign) == 3


@pytest.mark.parametrize("text", ["", "   ", "\n", "😀😡👍", "?!…", "\ud800", "\x00"])
def test_text_without_words_is_none(retriever: Retriever, text: str) -> None:
    assert retriever.search(text, "en") == Answer("none")


def test_long_text_is_cut(retriever: Retriever) -> None:
    long = "how long does a refund take " * 200
    assert retriever.search(long, "en") == retriever.search(long[:4000], "en")
    assert retriever.search(long, "en").matches[0].faq_id == "refund_how_long"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), language=st.sampled_from(["en", "de", "tr", "", "x-klingon"]))
def test_any_text_has_an_answer(retriever: Retriever, text: str, language: str) -> None:
    answer = retriever.search(text, language)
    assert answer.decision in ("answer", "suggest", "none")
    assert answer.matches or answer.decision == "none"
    assert all(0.0 <= m.confidence <= 1.0 and np.isfinite(m.score) for m in answer.matches)
    assert len({m.faq_id for m in answer.matches}) == len(answer.matches) <= 5


def _touch(path: Path, text: str) -> None:
    before = path.stat().st_mtime_ns
    path.write_text(text)
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


def test_changed_corpus_comes_in(retriever: Retriever, corpus_folder: Path, encoder: GramEncoder) -> None:
    assert retriever.reload_if_changed() is False
    before = retriever.index
    path = corpus_folder / "en" / "payment.yml"
    encoder.encoded.clear()
    _touch(path, path.read_text().replace("Cards and PayPal.", "Cards, PayPal and vouchers."))
    assert retriever.reload_if_changed() is True
    assert encoder.encoded == ["Cards, PayPal and vouchers."]
    assert retriever.index is not before
    assert retriever.search("credit cards", "en").matches[0].answer == "Cards, PayPal and vouchers."
    assert retriever.reload_if_changed() is False


def test_broken_file_keeps_the_old_index(
    retriever: Retriever, corpus_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, before = corpus_folder / "en" / "payment.yml", retriever.index
    good = path.read_text()
    with caplog.at_level(logging.ERROR):
        _touch(path, good.replace("Cards and PayPal.", "Cards {unheard_of}."))
        assert retriever.reload_if_changed() is False
        assert retriever.reload_if_changed() is False
    assert [f"{path}:1: " in r.getMessage() for r in caplog.records] == [True]
    assert retriever.index is before
    assert retriever.search("credit cards", "en").matches[0].answer == "Cards and PayPal."
    _touch(path, good.replace("Cards and PayPal.", "Mended."))
    assert retriever.reload_if_changed() is True


def test_removed_and_new_files_are_noticed(retriever: Retriever, corpus_folder: Path) -> None:
    (corpus_folder / "de" / "returns.yml").unlink()
    assert retriever.reload_if_changed() is True
    assert retriever.search("rücksendung", "de").matches[0].language == "en"


def test_malformed_corpus_stops_the_start(corpus_folder: Path, encoder: GramEncoder, calibration: Calibration) -> None:
    (corpus_folder / "en" / "payment.yml").write_text("- id: payment_methods\n")
    with pytest.raises(CorpusError):
        Retriever(corpus_folder, None, encoder, calibration)


def test_other_encoder_than_calibrated_is_said(
    corpus_folder: Path, encoder: GramEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    Retriever(corpus_folder, None, encoder, Calibration((1.0,) * 8, (1.0,) * 11, 0.9, 0.4, "another"))
    assert "calibrate" in caplog.text
