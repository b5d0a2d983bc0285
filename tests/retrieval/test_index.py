"""An index is reused where it fits, mended where it does not, and never half-written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from retrieval_double import GramEncoder

from retrieval import index as index_module
from retrieval.corpus import load_corpus
from retrieval.index import BrokenIndex, build, load, open_index


def _home(folder: Path) -> Path:
    return folder / (folder / "current").read_text().strip()


def test_saved_index_is_mapped_and_equal(corpus_folder: Path, encoder: GramEncoder, tmp_path: Path) -> None:
    corpus = load_corpus(corpus_folder)
    built = open_index(corpus, encoder, tmp_path / "index")
    assert built.encoded == len(set(built.texts))
    encoder.encoded.clear()
    opened = open_index(corpus, encoder, tmp_path / "index")
    assert encoder.encoded == []
    assert isinstance(opened.vectors, np.memmap)
    np.testing.assert_array_equal(opened.vectors, built.vectors)
    vector = encoder.encode_queries(["pay with paypal"])[0]
    everything = (0, len(built.texts))
    assert opened.nearest(vector, everything, 3)[0].tolist() == built.nearest(vector, everything, 3)[0].tolist()
    np.testing.assert_allclose(opened.lexical.scores("paypal"), built.lexical.scores("paypal"))


def test_only_changed_texts_are_encoded_again(corpus_folder: Path, encoder: GramEncoder, tmp_path: Path) -> None:
    open_index(load_corpus(corpus_folder), encoder, tmp_path / "index")
    encoder.encoded.clear()
    path = corpus_folder / "en" / "payment.yml"
    path.write_text(path.read_text().replace("credit cards", "debit cards"))
    changed = open_index(load_corpus(corpus_folder), encoder, tmp_path / "index")
    assert encoder.encoded == ["debit cards"]
    assert changed.encoded == 1
    fresh = build(load_corpus(corpus_folder), GramEncoder())
    np.testing.assert_allclose(changed.vectors, fresh.vectors, atol=1e-6)
    # The index in use and the one before stay, older ones go.
    path.write_text(path.read_text().replace("debit cards", "gift cards"))
    open_index(load_corpus(corpus_folder), encoder, tmp_path / "index")
    assert len([p for p in (tmp_path / "index").iterdir() if p.is_dir()]) == 2


@pytest.mark.parametrize("name", index_module._FILES)
def test_truncated_file_is_noticed_and_mended(
    name: str, corpus_folder: Path, encoder: GramEncoder, tmp_path: Path
) -> None:
    corpus = load_corpus(corpus_folder)
    built = open_index(corpus, encoder, tmp_path / "index")
    damaged = _home(tmp_path / "index") / name
    damaged.write_bytes(damaged.read_bytes()[:-7])
    with pytest.raises(BrokenIndex, match=f"{name} is damaged"):
        load(tmp_path / "index", corpus)
    mended = open_index(corpus, encoder, tmp_path / "index")
    np.testing.assert_array_equal(mended.vectors, built.vectors)
    load(tmp_path / "index", corpus)


def test_unreadable_meta_or_content_is_noticed(corpus_folder: Path, encoder: GramEncoder, tmp_path: Path) -> None:
    corpus = load_corpus(corpus_folder)
    open_index(corpus, encoder, tmp_path / "index")
    home = _home(tmp_path / "index")
    same_size = b"x" * (home / "index.faiss").stat().st_size
    (home / "index.faiss").write_bytes(same_size)
    with pytest.raises(BrokenIndex, match="is damaged"):
        load(tmp_path / "index", corpus)
    meta = json.loads((home / "meta.json").read_text())
    (home / "meta.json").write_text(json.dumps({**meta, "format": 99}))
    with pytest.raises(BrokenIndex, match="format 99"):
        load(tmp_path / "index", corpus)
    (home / "meta.json").write_text("{")
    with pytest.raises(BrokenIndex, match="is damaged"):
        load(tmp_path / "index", corpus)
    assert open_index(corpus, encoder, tmp_path / "index").encoded > 0


def test_index_of_another_encoder_is_not_used(corpus_folder: Path, encoder: GramEncoder, tmp_path: Path) -> None:
    corpus = load_corpus(corpus_folder)
    open_index(corpus, encoder, tmp_path / "index")
    other = GramEncoder("other", dim=32)
    index = open_index(corpus, other, tmp_path / "index")
    assert index.encoded == len(set(index.texts))
    assert index.vectors.shape[1] == 32


def test_large_corpora_get_a_graph(
    corpus_folder: Path, encoder: GramEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = build(load_corpus(corpus_folder), encoder)
    monkeypatch.setattr(index_module, "EXACT_LIMIT", 5)
    graph = open_index(load_corpus(corpus_folder), encoder, tmp_path / "index")
    graph = open_index(load_corpus(corpus_folder), encoder, tmp_path / "index")
    assert type(graph.dense).__name__ == "IndexHNSWFlat"
    vector = encoder.encode_queries(["refund duration"])[0]
    rows = exact.language_rows["en"]
    assert graph.nearest(vector, rows, 1)[0].tolist() == exact.nearest(vector, rows, 1)[0].tolist()
