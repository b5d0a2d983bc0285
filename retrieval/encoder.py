"""Turns sentences into vectors, with torch or without: the one place that knows which encoder is in use.

The module imports nothing but numpy, tokenizers and safetensors, so that it also runs in the environment
of the Rasa server (Python 3.10, no torch).

    encoder = load_encoder()
    encoder.encode_queries(["Where is my parcel?"]) @ encoder.encode_passages(["Wo ist mein Paket?"]).T
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Vectors: TypeAlias = npt.NDArray[np.float32]

SETTING = "RETRIEVAL_ENCODER"
SHIPPED = Path(__file__).parent / "model"


class EncoderError(RuntimeError):
    """An encoder cannot be loaded; the message says which and what to do."""


@runtime_checkable
class Encoder(Protocol):
    """What encodes text.

    `fingerprint` changes whenever the same text could get another vector; an index remembers it.
    """

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Names the weights and the way text is prepared."""

    def encode_queries(self, texts: list[str]) -> Vectors:
        """float32 [len(texts), dim], rows of length 1, or 0 where a text holds nothing known."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        """As encode_queries, for the texts that are searched."""


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1.0), np.float32)


class StaticEncoder:
    """Reads a sentence-transformers StaticEmbedding folder without torch.

    The vector of a text is the sum of its pieces' vectors, made one long. Weights are `embedding.weight`
    (any float) or, as model2vec writes them, `embeddings` (float or int8) with an optional `mapping`
    and one scale a row in `weights`.

    Raises EncoderError where the folder is not such a model.
    """

    def __init__(self, folder: str | Path) -> None:
        path = Path(folder)
        self._name = path.name if path != SHIPPED else "parley"
        weights_file, tokenizer_file = path / "model.safetensors", path / "tokenizer.json"
        try:
            tensors: dict[str, npt.NDArray[Any]] = load_file(str(weights_file))
            self._tokenizer = Tokenizer.from_str(tokenizer_file.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise EncoderError(
                f"{error.filename or weights_file} is missing: train the encoder (python -m retrieval.train_encoder)"
            ) from error
        except (SafetensorError, OSError) as error:
            raise EncoderError(f"{path} cannot be read as a static encoder: {error}") from error
        except Exception as error:  # tokenizers raises plain Exception for a malformed file
            raise EncoderError(f"{tokenizer_file} cannot be read: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        rows = tensors.get("embedding.weight", tensors.get("embeddings"))
        if rows is None or rows.ndim != 2:
            raise EncoderError(f"{weights_file} holds no table of piece vectors")
        if "mapping" in tensors:
            rows = rows[tensors["mapping"].astype(np.int64)]
        self._rows: npt.NDArray[Any] = rows
        scale = tensors.get("weights")
        self._scale: Vectors | None = None if scale is None else scale.astype(np.float32)
        if self._tokenizer.get_vocab_size() > len(rows):
            raise EncoderError(f"{path}: the tokenizer has more pieces than the weights have rows")
        digest = hashlib.sha256()
        for file in (weights_file, tokenizer_file):
            digest.update(file.read_bytes())
        self._fingerprint = "static:" + digest.hexdigest()[:24]

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._rows.shape[1])

    @property
    def fingerprint(self) -> str:
        """Names the weights and the way text is prepared."""
        return self._fingerprint

    def encode_queries(self, texts: list[str]) -> Vectors:
        """float32 [n, dim], unit rows; an empty text, or one of unknown signs only, is a zero row."""
        out: Vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(texts, add_special_tokens=False)):
            ids = encoding.ids
            if ids:
                pieces = self._rows[ids].astype(np.float32)
                out[row] = pieces.sum(0) if self._scale is None else self._scale[ids] @ pieces
        return _unit(out)

    def encode_passages(self, texts: list[str]) -> Vectors:
        """The same as encode_queries: the model is symmetric."""
        return self.encode_queries(texts)


_E5 = re.compile(r"(^|[/_-])e5([-_.]|$)", re.IGNORECASE)
_INSTRUCTION = "Instruct: Given a customer's question, retrieve the help-centre entry that answers it\nQuery: "


def prefixes(name: str, prompts: dict[str, str]) -> tuple[str, str]:
    """What a model wants before a query and before a passage.

    Prompts of the model's own configuration come first ("query"; "passage", "document" or "corpus").
    The e5 family (Wang et al. 2022, 2024) stores none but was trained with `query: ` and `passage: `,
    its instruct models with an instruction before the query only.
    """
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or prompts.get("corpus") or ""
    if not query and not passage and _E5.search(name):
        return (_INSTRUCTION, "") if "instruct" in name.lower() else ("query: ", "passage: ")
    return query, passage


class SentenceTransformerEncoder:
    """Any model of sentence-transformers, by its hub name or its folder.

    Raises EncoderError where the package is absent or the model does not load.
    """

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"{SETTING}={name} needs sentence-transformers, which this environment does not have"
            ) from error
        try:
            self._model = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EncoderError(f"{SETTING}={name} does not load: {error}") from error
        self._name = name
        self._query, self._passage = prefixes(_origin(name), dict(self._model.prompts or {}))
        self._dim = int(self._model.encode(["a"], show_progress_bar=False).shape[1])
        digest = hashlib.sha256(f"{self._query}\0{self._passage}\0{self._dim}".encode())
        # A sample of every weight tells two models apart without reading gigabytes.
        for key, tensor in sorted(self._model.state_dict().items()):
            sample = tensor.flatten()[:: max(1, tensor.numel() // 1024)].float().numpy()
            digest.update(key.encode() + str(tuple(tensor.shape)).encode() + sample.tobytes())
        self._fingerprint = "st:" + digest.hexdigest()[:24]

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def fingerprint(self) -> str:
        """Names the weights and the way text is prepared."""
        return self._fingerprint

    def encode_queries(self, texts: list[str]) -> Vectors:
        """float32 [n, dim], unit rows; an empty text is a zero row."""
        return self._encode(texts, self._query)

    def encode_passages(self, texts: list[str]) -> Vectors:
        """float32 [n, dim], unit rows; an empty text is a zero row."""
        return self._encode(texts, self._passage)

    def _encode(self, texts: list[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._dim), np.float32)
        # prompt="" rather than None: the model's own default prompt must not come on top.
        vectors = self._model.encode(
            [prefix + text for text in texts], prompt="", convert_to_numpy=True, show_progress_bar=False
        )
        vectors = np.asarray(vectors, np.float32)
        vectors[[not text.strip() for text in texts]] = 0.0
        return _unit(vectors)


def _origin(name: str) -> str:
    """The model's name, or for a folder also the name that its configuration says it came from."""
    config = Path(name) / "config.json"
    if not config.is_file():
        return name.rstrip("/")
    try:
        stored = json.loads(config.read_text(encoding="utf-8")).get("_name_or_path", "")
    except (json.JSONDecodeError, AttributeError):
        stored = ""
    return f"{Path(name).name}/{stored}"


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    except (OSError, json.JSONDecodeError, KeyError, TypeError):
        return False
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def load_encoder(setting: str | None = None) -> Encoder:
    """The encoder that is set: `setting`, else the environment's RETRIEVAL_ENCODER, else the shipped one.

    A folder of a StaticEmbedding model is read without torch, everything else by sentence-transformers.
    Raises EncoderError.
    """
    name = (os.environ.get(SETTING, "") if setting is None else setting).strip()
    if not name:
        return StaticEncoder(SHIPPED)
    if _is_static(Path(name)):
        return StaticEncoder(name)
    return SentenceTransformerEncoder(name)
