"""What a corpus holds, and that a malformed one names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.corpus import CorpusError, load_corpus


def test_entries_keep_their_variables_and_regions(corpus_folder: Path) -> None:
    corpus = load_corpus(corpus_folder)
    assert [(e.language, e.id) for e in corpus.entries] == [
        ("de", "return_how"),
        ("en", "payment_methods"),
        ("en", "refund_how_long"),
        ("en", "return_how"),
    ]
    entry = corpus.entries[-1]
    assert entry.questions == ("How do I return an item?", "send something back", "return label please")
    assert corpus.answer(entry, None) == "You have {return_days} days."
    assert corpus.answer(entry, "de") == corpus.answer(entry, "EU") == "You have fourteen days."
    assert corpus.answer(entry, "US") == entry.answer


def test_digest_follows_the_content(corpus_folder: Path) -> None:
    before = load_corpus(corpus_folder).digest
    path = corpus_folder / "en" / "payment.yml"
    path.write_text("# a comment\n" + path.read_text())
    assert load_corpus(corpus_folder).digest == before
    path.write_text(path.read_text().replace("PayPal.", "PayPal only."))
    assert load_corpus(corpus_folder).digest != before


ENTRY = "- id: payment_methods\n  question: Ways to pay?\n  variants: [cards]\n  answer: Cards.\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("- id: [\n", 2, "malformed YAML"),
        ("id: payment_methods\n", 1, "must be a list"),
        ("- just words\n", 1, "must be a mapping"),
        ("- question: Ways?\n", 1, "no `id`"),
        (ENTRY.replace("  answer: Cards.\n", ""), 1, "`answer` is missing"),
        (ENTRY.replace("  variants: [cards]\n", ""), 1, "`variants` is missing"),
        (ENTRY.replace("[cards]", "[12]"), 1, "a variant must be text"),
        (ENTRY.replace("Ways to pay?", "''"), 1, "`question` must be text"),
        (ENTRY + "\n" + ENTRY, 6, "given twice, first in"),
        (ENTRY.replace("payment_methods", "payment_magic"), 1, "unknown id"),
        (ENTRY.replace("payment_methods", "return_how"), 1, "belongs into returns.yml"),
        ("\n\n" + ENTRY.replace("Cards.", "Cards in {shop_moon}."), 3, "unknown variable {shop_moon}"),
        (ENTRY + "  answr: x\n", 1, "unknown field answr"),
        (ENTRY + "  answer: again\n", 5, "given twice"),
        (ENTRY + "  regions: {EU: 'In {moon}'}\n", 1, "unknown variable {moon}"),
    ],
)
def test_errors_name_file_and_line(corpus_folder: Path, text: str, line: int, problem: str) -> None:
    path = corpus_folder / "en" / "payment.yml"
    path.write_text(text)
    with pytest.raises(CorpusError) as caught:
        load_corpus(corpus_folder)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert problem in str(caught.value)


def test_missing_topics_and_bad_bytes(corpus_folder: Path) -> None:
    (corpus_folder / "en" / "payment.yml").write_bytes(b"- id: payment_methods\n  question: \xff\n")
    with pytest.raises(CorpusError, match=r"payment\.yml:2: the file is not UTF-8"):
        load_corpus(corpus_folder)
    with pytest.raises(CorpusError, match=r"topics\.yml:1: the file is missing"):
        load_corpus(corpus_folder / "en")
