import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.evaluate import (
    DEFAULT_MODEL,
    EvaluationError,
    macro_f1,
    main,
    predicted_intent,
    read_rows,
    score,
    scorecard,
)

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "n",
    "intent_accuracy",
    "intent_macro_f1",
    "language_accuracy",
    "emotion_macro_f1",
    "handoff_recall",
    "handoff_precision",
    "ms_per_message",
}


def written(tmp_path: Path, content: str, name: str = "rows.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_rows_are_read_and_empty_lines_skipped(tmp_path: Path) -> None:
    path = written(
        tmp_path, '\ufeff{"lang": "de", "text": "wo?", "intent": "faq"}\r\n\n{"lang": "ja", "text": "a\u2028b"}\n'
    )
    assert read_rows(path) == [{"lang": "de", "text": "wo?", "intent": "faq"}, {"lang": "ja", "text": "a\u2028b"}]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"lang": "de", "text": "a"}\nnope', ":2: not JSON"),
        ('\n\n{"lang": "de"}', ":3: needs `lang` and `text`"),
        ('{"text": "a"}', ":1: needs"),
        ('{"lang": "de", "text": 5}', ":1: needs"),
        ("[1]", ":1: needs"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(EvaluationError, match="rows.jsonl" + fault):
        read_rows(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("- {text: a}\n- {intent: faq}\n", "message 2: needs"),
        ("", "not a list"),
        ("- [", "not YAML"),
        ("- 5", "message 1"),
    ],
)
def test_a_bad_test_file_is_named_too(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(EvaluationError, match=fault):
        read_rows(written(tmp_path, content, "de.yml"))


def test_a_test_file_is_of_the_language_it_is_named_after(tmp_path: Path) -> None:
    assert read_rows(written(tmp_path, "- {text: a}\n- {text: b, lang: nl}\n", "de.yml")) == [
        {"lang": "de", "text": "a"},
        {"lang": "nl", "text": "b"},
    ]


def test_a_file_that_is_none_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such file"):
        read_rows(tmp_path / "none.jsonl")
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"lang": "de", "text": "\xff"}')
    with pytest.raises(EvaluationError, match="not UTF-8"):
        read_rows(path)


def test_macro_f1_by_hand() -> None:
    # a: precision 2/3, recall 2/2 -> 0.8; b: precision 1/1, recall 1/2 -> 2/3; c is never the truth
    pairs = [("a", "a"), ("a", "a"), ("b", "b"), ("b", "a")]
    assert macro_f1(pairs) == pytest.approx((0.8 + 2 / 3) / 2)
    assert macro_f1([("a", "c")]) == 0.0
    assert macro_f1([]) is None


def result(truth: dict[str, Any], **understood: Any) -> dict[str, Any]:
    given = {"intent": "faq", "lang": "de", "emotion": "neutral", "handoff": False, "seconds": 0.01}
    return {"truth": {"lang": "de", "text": "x", **truth}, **given, **understood}


def test_the_figures_of_a_group() -> None:
    figures = score(
        [
            result({"intent": "faq", "emotion": "neutral", "handoff": False}),
            result({"intent": "greet", "emotion": "angry", "handoff": True}, emotion="angry", handoff=True),
            result({"intent": "faq", "emotion": "angry", "handoff": True}, lang="nl"),
            result({"intent": "faq", "emotion": "neutral", "handoff": False}, handoff=True),
        ]
    )
    assert set(figures) == KEYS
    assert figures["n"] == 4
    assert figures["intent_accuracy"] == 0.75
    assert figures["language_accuracy"] == 0.75
    assert figures["handoff_recall"] == 0.5
    assert figures["handoff_precision"] == 0.5
    assert figures["emotion_macro_f1"] == pytest.approx((0.8 + 2 / 3) / 2, abs=1e-4)
    assert figures["ms_per_message"] == 10.0


def test_what_no_row_says_is_no_figure() -> None:
    card = scorecard([result({}), result({"lang": "nl"})])
    assert set(card) == {"languages", "all"}
    assert sorted(card["languages"]) == ["de", "nl"]
    assert card["all"]["n"] == 2
    assert card["all"]["intent_accuracy"] is None
    assert card["all"]["handoff_recall"] is None
    assert card["languages"]["nl"]["language_accuracy"] == 0.0


def test_an_unsure_intent_counts_as_the_likeliest() -> None:
    ranking = [{"name": "nlu_fallback"}, {"name": "faq"}]
    assert predicted_intent({"intent": {"name": "nlu_fallback"}, "intent_ranking": ranking}) == "faq"
    assert predicted_intent({"intent": {"name": "greet"}, "intent_ranking": ranking}) == "greet"


def test_a_missing_model_or_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = written(tmp_path, '{"lang": "de", "text": "wo?"}')
    assert main(["--messages", str(rows), "--model", str(tmp_path / "no.tar.gz")]) == 2
    assert main(["--messages", str(tmp_path / "no.jsonl")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no trained model; run `make train`" in printed.err
    assert "Traceback" not in printed.err


def test_the_command_prints_json_and_nothing_else(tmp_path: Path) -> None:
    if not (ROOT / DEFAULT_MODEL).is_file() and not os.environ.get("CI"):
        pytest.skip("no trained model: run `make train`")
    rows = [
        {"lang": "de", "text": "Ich will mit einem Menschen sprechen", "intent": "human_agent", "handoff": True},
        {"lang": "en", "text": "/restart", "intent": "out_of_scope", "emotion": "neutral", "handoff": False},
        {"lang": "ja", "text": " / /session_start", "emotion": "neutral"},
        {"lang": "zh", "text": ""},
    ]
    path = written(tmp_path, "\n".join(json.dumps(row) for row in rows))
    done = subprocess.run(
        [sys.executable, "-m", "bot.nlu.evaluate", "--messages", str(path), "--json"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    card = json.loads(done.stdout)
    assert set(card) == {"languages", "all"}
    assert all(set(figures) == KEYS for figures in [card["all"], *card["languages"].values()])
    assert card["all"]["n"] == 4
    assert card["languages"]["de"]["handoff_recall"] == 1.0
