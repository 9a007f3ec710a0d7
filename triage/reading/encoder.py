"""TRIAGE, reading: the trained transformer, as onnxruntime runs it.

In come normalised texts; out go logits and an embedding each. Every text is read alone, by one thread, and as many
texts at once as there are processors: int8 takes its scale from all that is read together, so a text among others
would be read a little differently (3 % of sentiments changed with the company), and nothing is padded. It is as fast
as batches. It knows neither thresholds nor rules, and never opens a connection.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST, TAIL = 128, 32
"""Tokens of a text that are read; of a longer one the first 96 and the last 32."""
CHARACTERS = 2_000
"""Of a longer text only so many from its start and as many from its end are cut into tokens at all."""


class Encoder:
    """`encoder.onnx` and `tokenizer.json` of a folder, ready for use. Thread-safe."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")  # it advises to install torch
        import onnxruntime  # these two here, because importing this room must stay cheap
        from transformers import PreTrainedTokenizerFast

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = (folder / "encoder.onnx").read_bytes()
        self.sha256 = hashlib.sha256(graph).hexdigest()
        self._session: Any = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        fast: Any = PreTrainedTokenizerFast
        self._words: Any = fast(tokenizer_file=str(folder / "tokenizer.json")).backend_tokenizer
        self._words.no_padding()
        self._words.no_truncation()
        self._threads = threads or cores()
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="reading")

    def tokens(self, normalised: Sequence[str]) -> list[list[int]]:
        """Token ids of texts, at most LONGEST each."""
        return [_cut(each.ids) for each in self._words.encode_batch_fast([_ends(text) for text in normalised])]

    def read(self, normalised: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Logits (n, outputs) and embeddings of unit length (n, width), in the order of the texts."""
        return self.run(self.tokens(normalised))

    def run(self, rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The same for token ids."""
        import numpy as np  # here, for the same reason

        if not rows:
            return np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32)
        parts = [rows[start :: self._threads] for start in range(min(self._threads, len(rows)))]
        found: list[Any] = [None] * len(rows)
        for start, part in enumerate(self._pool.map(self._each, parts)):
            found[start :: self._threads] = part
        logits, embeddings = (np.concatenate([each[side] for each in found]) for side in (0, 1))
        return logits, embeddings

    def _each(self, rows: Sequence[Sequence[int]]) -> list[Any]:
        return [self._session.run(None, feed(row)) for row in rows]


def feed(row: Sequence[int]) -> dict[str, NDArray[np.int64]]:
    """One text as the graph takes it."""
    import numpy as np  # here, for the same reason

    ids = np.array([row], np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ends(text: str) -> str:
    return text if len(text) <= 2 * CHARACTERS else f"{text[:CHARACTERS]} {text[-CHARACTERS:]}"


def _cut(ids: list[int]) -> list[int]:
    return ids if len(ids) <= LONGEST else ids[: LONGEST - TAIL] + ids[-TAIL:]
