"""Both readers of the shipped encoder agree, and any sentence-transformers model can take its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from retrieval.encoder import (
    SHIPPED,
    Encoder,
    EncoderError,
    SentenceTransformerEncoder,
    StaticEncoder,
    load_encoder,
    prefixes,
)

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Where is my parcel?",
    "¿Dónde está mi pedido?",
    "我的订单什么时候到？",
    "أين طلبي رقم 10433؟",
    "注文した商品はいつ届きますか",
    "Czy mogę zwrócić łóżko?",
    "😡😡",
    "",
    "   ",
    "lange " * 666,
]


@pytest.fixture(scope="module")
def static() -> StaticEncoder:
    return StaticEncoder(SHIPPED)


def test_both_readers_give_the_same_vectors(static: StaticEncoder) -> None:
    reference = SentenceTransformerEncoder(str(SHIPPED))
    assert isinstance(static, Encoder)
    assert isinstance(reference, Encoder)
    assert static.dim == reference.dim
    np.testing.assert_allclose(static.encode_queries(TEXTS), reference.encode_queries(TEXTS), atol=1e-3)
    np.testing.assert_allclose(static.encode_passages(TEXTS), reference.encode_passages(TEXTS), atol=1e-3)


def test_vectors_are_unit_or_zero(static: StaticEncoder) -> None:
    vectors = static.encode_queries(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), static.dim)
    norms = np.linalg.norm(vectors, axis=1)
    np.testing.assert_allclose(norms[[0, 1, 2, 3, 4, 5, 9]], 1.0, atol=1e-5)
    assert norms[7] == norms[8] == 0.0
    assert static.encode_queries([]).shape == (0, static.dim)


def test_translations_are_near(static: StaticEncoder) -> None:
    english = static.encode_queries(["How can I pay?", "Where is my parcel?", "I forgot my password"])
    german = static.encode_queries(["Wie kann ich bezahlen?", "Wo ist mein Paket?", "Ich habe mein Passwort vergessen"])
    assert (german @ english.T).argmax(1).tolist() == [0, 1, 2]


def test_shipped_model_is_small() -> None:
    assert (SHIPPED / "model.safetensors").stat().st_size <= 25_000_000


def _tiny(folder: Path, **extra: object) -> Path:
    tokenizer = Tokenizer(models.WordLevel({"<unk>": 0, "pay": 1, "card": 2, "query": 3, ":": 4}, "<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding

    weights = np.eye(5, 8, dtype=np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()], **extra)
    model.save(str(folder))
    return folder


def test_setting_replaces_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETRIEVAL_ENCODER", "")
    shipped = load_encoder()
    monkeypatch.setenv("RETRIEVAL_ENCODER", str(_tiny(tmp_path / "tiny")))
    tiny = load_encoder()
    assert isinstance(tiny, StaticEncoder)
    assert tiny.dim == 8
    assert tiny.fingerprint != shipped.fingerprint
    reference = SentenceTransformerEncoder(str(tmp_path / "tiny"))
    np.testing.assert_allclose(tiny.encode_queries(["pay card"]), reference.encode_queries(["pay card"]), atol=1e-6)


def test_stored_prompts_are_used(tmp_path: Path) -> None:
    folder = _tiny(tmp_path / "prompted", prompts={"query": "query: ", "document": ""})
    encoder = SentenceTransformerEncoder(str(folder))
    query, passage = encoder.encode_queries(["pay"])[0], encoder.encode_passages(["pay"])[0]
    assert query[3] > 0.5
    assert passage.tolist() == [0, 1, 0, 0, 0, 0, 0, 0]
    assert not encoder.encode_queries([""]).any()


def test_a_transformer_loads_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    plain = tmp_path / "plain"
    plain.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "pay", "card", "query", "passage", ":"]
    (plain / "vocab.txt").write_text("\n".join(words))
    BertTokenizer(str(plain / "vocab.txt")).save_pretrained(str(plain))
    config = BertConfig(vocab_size=10, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertModel(config).save_pretrained(str(plain))
    body = Transformer(str(plain))
    folder = tmp_path / "tiny-e5-model"
    SentenceTransformer(modules=[body, Pooling(16)], device="cpu").save(str(folder))
    monkeypatch.setenv("RETRIEVAL_ENCODER", str(folder))
    encoder = load_encoder()
    assert isinstance(encoder, SentenceTransformerEncoder)
    vectors = encoder.encode_queries(["pay card", "card " * 1000])
    assert vectors.shape == (2, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    # e5 by its name: a query and a passage of the same words differ by their prefix.
    assert not np.allclose(vectors[0], encoder.encode_passages(["pay card"])[0])


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-small", {}, ("query: ", "passage: ")),
        ("intfloat/e5-base-v2", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("sentence-transformers/LaBSE", {}, ("", "")),
        ("any/model", {"query": "q ", "passage": "p "}, ("q ", "p ")),
        ("any/gle500", {}, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str], expected: tuple[str, str]) -> None:
    assert prefixes(name, prompts) == expected
    assert prefixes("intfloat/multilingual-e5-large-instruct", {})[1] == ""


def test_what_is_no_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"model\.safetensors is missing"):
        StaticEncoder(tmp_path)
    folder = _tiny(tmp_path / "tiny")
    (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:40])
    with pytest.raises(EncoderError, match="cannot be read as a static encoder"):
        StaticEncoder(folder)
    save_file({"other": np.zeros((2, 2), np.float32)}, str(folder / "model.safetensors"))
    with pytest.raises(EncoderError, match="holds no table"):
        StaticEncoder(folder)


READ = """
import sys
from retrieval.encoder import load_encoder
vectors = load_encoder("").encode_queries(["Where is my parcel?", "Wo ist mein Paket?", ""])
assert "torch" not in sys.modules and "sentence_transformers" not in sys.modules
assert not [m for m in sys.modules if m.startswith("retrieval.") and m != "retrieval.encoder"]
print(vectors.dtype, vectors.shape[0], bool(vectors[0] @ vectors[1] > 0.3), float(abs(vectors[2]).max()))
"""


def _read_with(python: Path | str) -> str:
    done = subprocess.run([str(python), "-c", READ], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_reader_loads_no_torch() -> None:
    assert _read_with(sys.executable) == "float32 3 True 0.0"


def test_reader_runs_in_the_rasa_environment() -> None:
    python = ROOT / ".venv" / "rasa" / "bin" / "python"
    if not python.exists():
        pytest.skip("the Rasa environment (.venv/rasa) is not installed")
    assert _read_with(python) == "float32 3 True 0.0"
