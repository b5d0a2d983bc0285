"""An encoder whose vectors can be foretold."""

from __future__ import annotations

import hashlib

import numpy as np

from retrieval.encoder import Vectors
from retrieval.lexical import grams


class GramEncoder:
    """Adds a random vector for each character n-gram: texts that share characters are near."""

    def __init__(self, name: str = "grams", dim: int = 64) -> None:
        self.name, self.dim, self.fingerprint = name, dim, f"{name}:{dim}"
        self.encoded: list[str] = []

    def encode_queries(self, texts: list[str]) -> Vectors:
        out: Vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for gram in grams(text):
                seed = int.from_bytes(hashlib.blake2b((self.name + gram).encode(), digest_size=4).digest())
                out[row] += np.random.default_rng(seed).standard_normal(self.dim)
        return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9), np.float32)

    def encode_passages(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return self.encode_queries(texts)
