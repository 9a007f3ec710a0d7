"""TESTS: tiny models of other people, made on the spot: a word table, a tokenizer of a few words, a config.json.

The logits of a text are the sum of what the table says of its words, so every answer can be worked out by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper, save_model
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from triage.reading.head import INTENTS, OUTPUTS
from triage.reading.model import Said

THREE = ("negative", "neutral", "positive")
WORDS: dict[str, tuple[float, float, float]] = {
    "awful": (4, 0, 0), "broke": (3, 0, 0), "great": (0, 0, 4), "love": (0, 0, 3), "encanta": (0, 0, 4),
    "tuesday": (0, 3, 0), "opens": (0, 2, 0), "差": (4, 0, 0), "again": (0, 0.01, 0),
}  # fmt: skip
"""What each word adds to the logits of the three labels."""
SPECIAL = ("[PAD]", "[UNK]")


@dataclass
class Rest:
    """What stands in for the shipped model: it says the same of every text. Implements `Model`."""

    version: str = "rest-1"
    calibration: tuple[float, float] = (1.5, -0.5)
    thresholds: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(INTENTS, 0.2))

    def trust(self, language: str) -> float:
        return 0.5

    def read(self, normalised: Sequence[str], languages: Sequence[str]) -> Said:
        row = np.array([0.2, 0.5, 0.3, *(0.01 * n for n in range(len(INTENTS))), 0.6, 0.7])
        assert len(row) == len(OUTPUTS)
        assert len(normalised) == len(languages)
        n = len(normalised)
        return Said(np.tile(row, (n, 1)), np.full(n, 0.25), np.full((n, 4), 0.5, np.float16))


def make_model(
    folder: Path,
    labels: Sequence[str] = THREE,
    words: Mapping[str, Sequence[float]] | None = None,
    *,
    graph: str | None = "model.onnx",
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    longest: int = 16,
    **config: Any,
) -> Path:
    """A whole model in a new folder; `graph` None = no weights. What else is told goes into its config.json."""
    table = words or WORDS
    folder.mkdir(parents=True)
    write_words(folder, list(table), longest)
    told = {"model_type": "bert", "id2label": dict(enumerate(labels)), "pad_token_id": 0} | config
    (folder / "config.json").write_text(json.dumps({k: v for k, v in told.items() if v is not None}), encoding="utf-8")
    if graph:
        write_graph(folder / graph, list(table.values()), inputs=inputs)
    return folder


def write_words(folder: Path, words: Sequence[str], longest: int = 16) -> None:
    """A tokenizer that knows these words, in small letters, and numbers them from 2 on."""
    vocabulary = {word: number for number, word in enumerate((*SPECIAL, *words))}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split("差", "isolated"), pre_tokenizers.Whitespace()])
    made.save(str(folder / "tokenizer.json"))
    told = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": longest, "pad_token": "[PAD]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(told | {"unk_token": "[UNK]"}), encoding="utf-8")


def write_graph(
    path: Path,
    rows: Sequence[Sequence[float]],
    *,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    shape: Sequence[int | str] = ("batch", "tokens"),
    kind: int = TensorProto.INT64,
    answer: str = "logits",
    pooled: bool = True,
    last: str | None = None,
    beside: str | None = None,
) -> None:
    """A graph that adds up the table's rows of a text's words; row 0 and 1 (padding, unknown) are nothing.

    `pooled` False leaves the sum out; `last` adds one more operation ("Softmax"); `beside` puts the table into a file.
    """
    table = np.array([*([[0.0] * len(rows[0])] * len(SPECIAL)), *rows], np.float32)
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["found"])]
    if "attention_mask" in inputs:
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last_axis"], ["wide"]),
            helper.make_node("Mul", ["found", "wide"], ["kept"]),
        ]
    if "token_type_ids" in inputs:
        nodes += [helper.make_node("Cast", ["token_type_ids"], ["types"], to=TensorProto.FLOAT)]
    end = answer if last is None else "summed"
    before = "kept" if "attention_mask" in inputs else "found"
    nodes.append(
        helper.make_node("ReduceSum", [before, "tokens_axis"], [end], keepdims=0)
        if pooled
        else helper.make_node("Identity", [before], [end])
    )
    nodes += [helper.make_node(last, [end], [answer])] if last else []
    constants = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(np.array([-1], np.int64), "last_axis"),
        numpy_helper.from_array(np.array([1], np.int64), "tokens_axis"),
    ]
    made = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info(name, kind, list(shape)) for name in inputs],
        [helper.make_tensor_value_info(answer, TensorProto.FLOAT, None)],
        constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path.parent.mkdir(exist_ok=True)
    if beside:
        save_model(model, str(path), save_as_external_data=True, location=beside, size_threshold=64)
    else:
        save_model(model, str(path))


def softmax(*logits: float) -> NDArray[np.float64]:
    share = np.exp(np.array(logits) - max(logits))
    return np.asarray(share / share.sum())
