"""Trains the shipped multilingual sentence encoder: one vector a piece, averaged.

The model is a bag of subword pieces (StaticEmbedding of sentence-transformers). It is trained so that
translations and paraphrases lie together and everything else in the batch lies apart (multiple negatives
ranking, Henderson et al. 2017; symmetric InfoNCE, van den Oord et al. 2018), and optionally so that its
English vectors, and those of their translations, follow an English teacher (Reimers & Gurevych 2020).
Pieces start with the weight a / (a + p) of Arora et al. 2017 (SIF), so that frequent pieces say little.

    python -m retrieval.train_encoder --data FOLDER --out retrieval/model
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from retrieval.training_data import LANGUAGES, PARTNERS, TrainingData, load

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """What was tuned, on the held-out shop phrases and Tatoeba sentences (figures in model/README.md)."""

    pieces: int = 48_000
    dim: int = 256
    batch: int = 2048
    epochs: float = 5.0
    rate: float = 0.01
    scale: float = 20.0
    sif: float = 1e-3
    # Pieces of a training sentence that are left out at random: a vector must not hang on one piece.
    dropout: float = 0.15
    # Share of steps that take shop phrases and, with a teacher, English customer texts.
    phrase_share: float = 0.35
    teacher_weight: float = 3.0
    teacher_texts: int = 40_000
    seed: int = 7


def build_tokenizer(data: TrainingData, pieces: int) -> Tokenizer:
    """A Unigram tokenizer (Kudo 2018) over all languages.

    Text is compared without case, accents, Arabic vowel marks and tatweel, since buyers leave them out.
    Kana keep their voicing marks. Small languages are repeated until each has its share of pieces.
    """
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, text in data.texts():
        by_language[language].append(text)
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.NFD(),
            normalizers.Replace(Regex("[\u0300-\u036f\u064b-\u0655\u0670\u0640]"), ""),
            normalizers.NFC(),
            normalizers.Replace("ß", "ss"),
            normalizers.Replace("ł", "l"),
            normalizers.Replace("ى", "ي"),
            normalizers.Replace("ة", "ه"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\s+"), "removed"),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=True),
            # The word mark says nothing before a sign, a digit or a script without spaces.
            pre_tokenizers.Split(Regex(r"▁(?=[\p{P}\p{S}\p{N}\p{Han}\p{Hiragana}\p{Katakana}])"), "removed"),
        ]
    )
    tokenizer.decoder = decoders.Metaspace()

    def sample() -> Iterator[str]:
        for language in LANGUAGES:
            texts = sorted(set(by_language[language]))
            wanted = 45_000
            step = max(1, len(texts) // wanted)
            for _ in range(max(1, min(3, wanted // max(1, len(texts))))):
                yield from texts[::step]

    tokenizer.train_from_iterator(
        sample(),
        trainers.UnigramTrainer(
            vocab_size=pieces,
            unk_token="<unk>",
            special_tokens=["<unk>"],
            max_piece_length=12,
            show_progress=False,
        ),
    )
    return tokenizer


class Texts:
    """Texts as piece ids in one flat array, so that a batch is a gather."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._number: dict[str, int] = {}
        self._texts: list[str] = []
        self.ids: Ints = np.zeros(0, np.int64)
        self.starts: Ints = np.zeros(1, np.int64)

    def add(self, text: str) -> int:
        """The number of `text`; equal texts have one number."""
        number = self._number.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number

    def number(self, text: str) -> int | None:
        """The number of a text that was added, else None."""
        return self._number.get(text)

    def freeze(self) -> None:
        """Tokenises what was added. The unknown piece (0) is left out."""
        kept: list[Ints] = []
        for begin in range(0, len(self._texts), 50_000):
            for encoding in self._tokenizer.encode_batch(self._texts[begin : begin + 50_000], add_special_tokens=False):
                ids = np.asarray(encoding.ids, np.int64)
                kept.append(ids[ids != 0][:96])
        self.ids = np.concatenate(kept)
        self.starts = np.concatenate([[0], np.cumsum([len(ids) for ids in kept])]).astype(np.int64)

    def bag(self, numbers: Ints, keep: float, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Piece ids and offsets for an EmbeddingBag; each piece is kept with probability `keep`."""
        starts, lengths = self.starts[numbers], self.starts[numbers + 1] - self.starts[numbers]
        bags: Ints = np.repeat(np.arange(len(numbers)), lengths)
        inner = np.arange(len(bags)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        flat = self.ids[np.repeat(starts, lengths) + inner]
        if keep < 1.0:
            # The first piece drawn stays, else a one-word phrase would be an empty bag.
            chosen = rng.random(len(flat)) < keep
            chosen |= np.repeat(lengths <= 2, lengths)
            flat, bags = flat[chosen], bags[chosen]
        counts = np.bincount(bags, minlength=len(numbers))
        return torch.from_numpy(flat), torch.from_numpy(np.cumsum(counts) - counts)


def frequency_weights(texts: Texts, pieces: int, sif: float) -> Floats:
    """a / (a + p(piece)) of Arora et al. 2017, [pieces]."""
    counts = np.bincount(texts.ids, minlength=pieces).astype(np.float64)
    weights: Floats = (sif / (sif + counts / counts.sum())).astype(np.float32)
    return weights


def batches(groups: list[Ints], size: int, rng: np.random.Generator) -> Iterator[Ints]:
    """One pass over pair groups ([n, 2] text numbers each), in batches of one group where it is large.

    Negatives of one language pair are harder than a mix; the rests of all groups are mixed.
    """
    full: list[Ints] = []
    rest: list[Ints] = []
    for group in groups:
        shuffled = group[rng.permutation(len(group))]
        cut = len(shuffled) // size * size
        full += list(shuffled[:cut].reshape(-1, size, 2))
        rest.append(shuffled[cut:])
    mixed = np.concatenate(rest)
    mixed = mixed[rng.permutation(len(mixed))]
    full += [mixed[begin : begin + size] for begin in range(0, len(mixed), size)]
    for index in rng.permutation(len(full)):
        yield full[index]


def phrase_batch(table: Ints, size: int, rng: np.random.Generator) -> Ints:
    """A batch of shop phrases between two languages drawn at random; English is one of them half the time.

    `table`: [phrases, languages] text numbers, -1 where there is no translation.
    """
    left, right = rng.choice(table.shape[1], 2, replace=False)
    if rng.random() < 0.5:
        left, right = 0, max(1, int(right))
    both = table[(table[:, left] >= 0) & (table[:, right] >= 0)]
    chosen = rng.permutation(len(both))[:size]
    return both[chosen][:, [left, right]]


def contrastive_loss(left: torch.Tensor, right: torch.Tensor, numbers: Ints, scale: float) -> torch.Tensor:
    """Symmetric InfoNCE over a batch; pairs that share a text are not each other's negatives."""
    scores = scale * left @ right.T
    a, b = torch.from_numpy(numbers[:, 0]), torch.from_numpy(numbers[:, 1])
    same = (a[:, None] == a[None, :]) | (b[:, None] == b[None, :])
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(len(scores))
    cross = torch.nn.functional.cross_entropy
    return 0.5 * (cross(scores, target) + cross(scores.T, target))


class Teacher:
    """Vectors of an English teacher for English texts and, through the pairs, for their translations."""

    def __init__(self, english: list[str], vectors: Floats, dim: int, texts: Texts) -> None:
        # The teacher's main directions, so that teacher and student have the same dimension.
        centred = vectors - vectors.mean(0)
        _, _, directions = np.linalg.svd(centred[:20_000], full_matrices=False)
        reduced = centred @ directions[:dim].T
        reduced /= np.linalg.norm(reduced, axis=1, keepdims=True) + 1e-9
        self._vectors: Floats = reduced.astype(np.float32)
        self._row = {texts.add(text): row for row, text in enumerate(english)}
        self.numbers: Ints = np.zeros(0, np.int64)
        self.rows: Ints = np.zeros(0, np.int64)

    def spread(self, groups: list[Ints], table: Ints) -> None:
        """Gives each translation of a known English text that text's vector."""
        found: dict[int, int] = dict(self._row)
        links = list(groups) + [table[:, [0, column]] for column in range(1, table.shape[1])]
        for link in links:
            for a, b in link.tolist():
                if a in self._row and b >= 0:
                    found.setdefault(b, self._row[a])
                if b in self._row and a >= 0:
                    found.setdefault(a, self._row[b])
        self.numbers = np.fromiter(found.keys(), np.int64)
        self.rows = np.fromiter(found.values(), np.int64)

    def batch(self, size: int, rng: np.random.Generator) -> tuple[Ints, torch.Tensor]:
        """Text numbers [size] drawn at random, and their teacher vectors [size, dim]."""
        chosen = rng.integers(0, len(self.numbers), size)
        return self.numbers[chosen], torch.from_numpy(self._vectors[self.rows[chosen]])


def teacher_vectors(data: TrainingData, folder: str, limit: int) -> tuple[list[str], Floats]:
    """English training texts and their vectors by a sentence-transformers model, L2-normalised.

    The shop's phrases come first, then customers' questions: `limit` texts, since the teacher is slow.
    """
    from sentence_transformers import SentenceTransformer

    english = [phrase["en"] for phrase in data.phrases if "en" in phrase] + data.english
    english = list(dict.fromkeys(english))[:limit]
    model = SentenceTransformer(folder, device="cpu")
    model.max_seq_length = 64
    vectors = model.encode(english, batch_size=128, normalize_embeddings=True, show_progress_bar=True)
    return english, np.asarray(vectors, np.float32)


def train(
    data: TrainingData,
    tokenizer: Tokenizer,
    settings: Settings,
    teacher: tuple[list[str], Floats] | None = None,
    log: Any = print,
) -> Floats:
    """The trained piece vectors [pieces, dim]; piece 0 (unknown) is zero."""
    rng = np.random.default_rng(settings.seed)
    torch.manual_seed(settings.seed)
    texts = Texts(tokenizer)
    groups = [
        np.array([[texts.add(a), texts.add(b)] for a, b in rows], np.int64)
        for _, rows in sorted(data.pairs.items())
        if rows
    ]
    table = np.array([[texts.add(p[lang]) if lang in p else -1 for lang in LANGUAGES] for p in data.phrases], np.int64)
    guide = Teacher(*teacher, settings.dim, texts) if teacher else None
    texts.freeze()
    if guide:
        guide.spread(groups, table)
        log(f"teacher vectors for {len(guide.numbers)} texts")
    pieces = tokenizer.get_vocab_size()
    weights = frequency_weights(texts, pieces, settings.sif)
    start = torch.randn(pieces, settings.dim) * torch.from_numpy(weights)[:, None] * 0.1
    bag = torch.nn.EmbeddingBag.from_pretrained(start, freeze=False, mode="sum")
    optimiser = torch.optim.Adam(bag.parameters(), lr=settings.rate, betas=(0.9, 0.98))
    per_epoch = sum(len(group) for group in groups) / settings.batch / (1 - settings.phrase_share)
    total = math.ceil(per_epoch * settings.epochs)
    log(f"{sum(map(len, groups))} pairs, {len(table)} phrases, {len(texts.starts) - 1} texts, {total} steps")

    def endless() -> Iterator[Ints]:
        while True:
            yield from batches(groups, settings.batch, rng)

    def vectors(numbers: Ints) -> torch.Tensor:
        ids, offsets = texts.bag(numbers, 1 - settings.dropout, rng)
        return torch.nn.functional.normalize(bag(ids, offsets), dim=1)

    stream = endless()
    began, mean = time.perf_counter(), 0.0
    for step in range(total):
        progress = step / total
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * min(1.0, step / 50) * (0.5 + 0.5 * math.cos(math.pi * progress))
        numbers = phrase_batch(table, settings.batch, rng) if rng.random() < settings.phrase_share else next(stream)
        loss = contrastive_loss(vectors(numbers[:, 0]), vectors(numbers[:, 1]), numbers, settings.scale)
        if guide:
            chosen, wanted = guide.batch(settings.batch, rng)
            loss = loss + settings.teacher_weight * distil_loss(vectors(chosen), wanted)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 200 == 199:
            log(f"step {step + 1} loss {mean:.3f} {time.perf_counter() - began:.0f}s")
    trained: Floats = bag.weight.detach().numpy().astype(np.float32)
    trained[0] = 0.0
    return trained


def distil_loss(student: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """How far the similarities within a batch differ from the teacher's (mean square, times 20).

    Similarities rather than vectors are matched, so that the student keeps its own axes
    (relational distillation, Park et al. 2019).
    """
    ours, theirs = student @ student.T, teacher @ teacher.T
    return 20.0 * (ours - theirs).square().mean()


def encode(texts: list[str], tokenizer: Tokenizer, weights: Floats) -> Floats:
    """Unit vectors [n, dim] of `texts`, as the shipped readers compute them."""
    out = np.zeros((len(texts), weights.shape[1]), np.float32)
    for row, encoding in enumerate(tokenizer.encode_batch(texts, add_special_tokens=False)):
        if encoding.ids:
            out[row] = weights[encoding.ids].sum(0)
    norms = np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(out / np.maximum(norms, 1e-12), np.float32)


def evaluate(data: TrainingData, tokenizer: Tokenizer, weights: Floats) -> dict[str, dict[str, float]]:
    """Accuracy of finding the English original among the held-out ones, by language."""
    figures: dict[str, dict[str, float]] = {"tatoeba": {}, "shop": {}}
    shop_english = encode([phrase["en"] for phrase in data.shop_test], tokenizer, weights)
    for language in PARTNERS:
        test = data.tatoeba_test[language]
        ours = encode([text for text, _ in test], tokenizer, weights)
        english = encode([text for _, text in test], tokenizer, weights)
        figures["tatoeba"][language] = float(((ours @ english.T).argmax(1) == np.arange(len(test))).mean())
        have = [row for row, phrase in enumerate(data.shop_test) if language in phrase]
        ours = encode([data.shop_test[row][language] for row in have], tokenizer, weights)
        figures["shop"][language] = float(((ours @ shop_english.T).argmax(1) == np.array(have)).mean())
    for scores in figures.values():
        scores["mean"] = sum(scores.values()) / len(scores)
    return figures


def quantise(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Eight-bit rows and one scale each: row ≈ int8 row * scale."""
    scale = np.abs(weights).max(1) / 127.0
    scale[scale == 0] = 1.0
    return np.rint(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def save(folder: Path, tokenizer: Tokenizer, weights: Floats) -> Floats:
    """Writes the model in the sentence-transformers StaticEmbedding format; returns the weights as read back.

    The rows are eight-bit with a scale each, under the names that StaticEmbedding folds together
    (`embeddings`, `weights`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, scale = quantise(weights)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_file({"embeddings": rows, "weights": scale}, str(folder / "model.safetensors"))
    (folder / "model.safetensors").chmod(0o644)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n")
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}, indent=2) + "\n"
    )
    return rows.astype(np.float32) * scale[:, None]


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "model")
    parser.add_argument("--teacher", help="folder of an English sentence-transformers model to distil from")
    parser.add_argument("--epochs", type=float, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    settings = Settings(epochs=given.epochs)
    data = load(given.data)
    tokenizer = build_tokenizer(data, settings.pieces)
    teacher = teacher_vectors(data, given.teacher, settings.teacher_texts) if given.teacher else None
    weights = train(data, tokenizer, settings, teacher)
    shipped = save(given.out, tokenizer, weights)
    print(json.dumps(evaluate(data, tokenizer, shipped), indent=2))


if __name__ == "__main__":
    main()
