"""The figures are counted right and the command line prints them as promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from retrieval_double import GramEncoder

from retrieval.__main__ import main
from retrieval.calibrate import fit, out_of_scope
from retrieval.calibration import Calibration, CalibrationError, load_calibration, save_calibration
from retrieval.corpus import load_corpus
from retrieval.evaluate import KEYS, Outcome, QueriesError, Query, figures, read_queries
from retrieval.index import build


def test_figures_are_counted_right() -> None:
    def row(faq_id: str | None, rank: int | None, decision: str) -> Outcome:
        return Outcome(Query("en", "x", faq_id), rank, decision, rank == 1, 0.002)

    result = figures(
        [
            row("a", 1, "answer"),
            row("b", 2, "answer"),
            row("c", 7, "suggest"),
            row("d", None, "none"),
            row(None, None, "answer"),
            row(None, None, "none"),
            row(None, None, "suggest"),
        ]
    )
    assert result == {
        "n": 7,
        "recall_at_1": 0.25,
        "recall_at_5": 0.5,
        "mrr": round((1 + 1 / 2 + 1 / 7) / 4, 4),
        "answered": 0.5,
        "answered_wrong": round(2 / 3, 4),
        "refused_right": round(1 / 3, 4),
        "ms_per_query": 2.0,
    }
    assert tuple(result) == KEYS
    assert figures([row(None, None, "none")])["recall_at_1"] is None


def _rows(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def test_evaluate_prints_one_object(
    corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETRIEVAL_ENCODER", "")
    queries = _rows(
        tmp_path / "q.jsonl",
        {"lang": "en", "text": "How long does a refund take?", "faq_id": "refund_how_long"},
        {"lang": "de", "text": "rücksendung", "faq_id": "return_how"},
        {"lang": "de", "text": "", "faq_id": None},
    )
    assert main(["evaluate", "--queries", str(queries), "--corpus", str(corpus_folder), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"languages", "all"}
    assert set(result["languages"]) == {"de", "en"}
    assert tuple(result["all"]) == KEYS
    assert result["all"]["n"] == 3
    assert result["all"]["recall_at_1"] == 1.0
    assert result["languages"]["de"]["refused_right"] == 1.0


def test_build_and_search(
    corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETRIEVAL_ENCODER", "")
    where = ["--corpus", str(corpus_folder), "--index", str(tmp_path / "index"), "--json"]
    assert main(["build", *where]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == 4
    assert main(["search", "rücksendung", "--language", "de", *where]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["matches"][0]["faq_id"] == "return_how"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "q.jsonl:1: not JSON"),
        ('\n{"lang": "en"}', "q.jsonl:2: a row needs"),
        ('{"text": "a", "faq_id": null}', "lang"),
    ],
)
def test_malformed_queries_are_named(
    content: str, message: str, tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(content)
    with pytest.raises(QueriesError, match=message):
        read_queries(path)
    assert main(["evaluate", "--queries", str(path), "--corpus", str(corpus_folder)]) == 2
    assert message in capsys.readouterr().err


def test_yaml_queries_take_their_language_from_the_name(tmp_path: Path) -> None:
    path = tmp_path / "pl.yml"
    path.write_text("- {text: zwrot, faq_id: return_how}\n- {text: pogoda, faq_id: null}\n")
    assert read_queries(path) == [Query("pl", "zwrot", "return_how"), Query("pl", "pogoda", None)]


def test_calibration_is_fitted_and_kept(corpus_folder: Path, tmp_path: Path) -> None:
    nlu = tmp_path / "nlu" / "en"
    nlu.mkdir(parents=True)
    (nlu / "knowledge.yml").write_text(
        "nlu:\n  - intent: faq\n    examples: |\n      - a\n  - intent: out_of_scope\n    examples: |\n      - zebra\n"
    )
    assert out_of_scope(tmp_path / "nlu") == [("en", "zebra")]
    encoder = GramEncoder()
    fitted = fit(build(load_corpus(corpus_folder), encoder), encoder, [("en", "zebra")])
    assert all(weight >= 0 for weight in fitted.fusion)
    assert 0 < fitted.suggest <= fitted.answer < 1
    assert fitted.record["questions"] == 12
    save_calibration(fitted, tmp_path / "c.json")
    loaded = load_calibration(tmp_path / "c.json")
    assert (loaded.answer, loaded.encoder) == (fitted.answer, encoder.fingerprint)
    assert loaded.fusion == pytest.approx(fitted.fusion, abs=1e-4)
    (tmp_path / "c.json").write_text('{"fusion": {}}')
    with pytest.raises(CalibrationError):
        load_calibration(tmp_path / "c.json")


def test_shipped_calibration_fits_the_shipped_encoder() -> None:
    from retrieval.encoder import SHIPPED, StaticEncoder

    shipped = load_calibration()
    assert isinstance(shipped, Calibration)
    assert shipped.encoder == StaticEncoder(SHIPPED).fingerprint
