"""TRIAGE, reading: the files of somebody else's model.

In comes a folder (or the list of a hub's files), out go the files that are needed: configuration, tokenizer and
weights, with one checksum over all of them. Weights are ONNX or safetensors; what could run code is never opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from triage.reading.other_labels import ModelRefused

CONFIG = "config.json"
GRAPHS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Where the graph is looked for, in this order; else the only .onnx of the folder and of its folder onnx."""
TENSORS, INDEX = "model.safetensors", "model.safetensors.index.json"
VOCABULARIES = (
    "tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model",
    "bpe.codes", "spm.model",
)  # fmt: skip
"""One of these makes a tokenizer."""
BESIDE = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "merges.txt", "entity_vocab.json")
PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".h5", ".msgpack")
MANUAL = "docs/other-models.md"


@dataclass(frozen=True)
class Files:
    """What a model is made of, by paths from its folder. `weights`: first the graph or index; `names`: all files."""

    folder: Path
    config: dict[str, Any]
    weights: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def is_graph(self) -> bool:
        """Whether the weights are an ONNX graph; else they are safetensors, for torch."""
        return self.weights[0].endswith(".onnx")

    def sha256(self) -> str:
        """One checksum over names and contents of all files. Reads them all."""
        whole = hashlib.sha256()
        for name in self.names:
            with (self.folder / name).open("rb") as file:
                whole.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
        return whole.hexdigest()


def has_torch() -> bool:
    """Whether the extra `torch` is installed."""
    return find_spec("torch") is not None


def files_in(folder: Path, *, torch: bool | None = None) -> Files:
    """The files of a model in a folder. `torch`: whether there is torch; None = look. Errors: ModelRefused."""
    names = needed(_present(folder), str(folder), torch=torch)
    weights = weights_among(names, str(folder), torch=torch)
    if INDEX in weights:
        _check_parts(folder, names)
    return Files(folder, _config(folder), weights, names)


def needed(present: Collection[str], where: str, *, torch: bool | None = None) -> tuple[str, ...]:
    """The files to have (or to fetch) out of those that are `present`; the weights' index or graph stands last.

    So whoever fetches them in order and is stopped is never left with something that looks whole. Errors: ModelRefused.
    """
    if CONFIG not in present:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {where} holds no {CONFIG}, so it is no transformers model: name the folder that "
            f"`save_pretrained` wrote. {MANUAL} says what must be in it."
        )
    weights = weights_among(present, where, torch=torch)
    vocabulary = [name for name in VOCABULARIES if name in present]
    if not vocabulary:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {where} holds no tokenizer. Put {VOCABULARIES[0]} beside {CONFIG}: "
            f"`AutoTokenizer.from_pretrained(…).save_pretrained(…)` writes it."
        )
    return (CONFIG, *vocabulary, *(name for name in BESIDE if name in present), *reversed(weights))


def weights_among(present: Collection[str], where: str, *, torch: bool | None = None) -> tuple[str, ...]:
    """The files of the weights: the graph with its data, else safetensors, if there is torch. Errors: ModelRefused."""
    graph = _graph(present, where)
    if graph:
        return (graph, *sorted(name for name in present if name.startswith((f"{graph}_data", f"{graph}.data"))))
    tensors = _tensors(present)
    if not tensors:
        raise ModelRefused(_no_weights(present, where))
    if not (has_torch() if torch is None else torch):
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {where} holds no ONNX graph, only safetensors, and torch is not installed: "
            f"pip install 'quarterdeck[torch]', or export it: optimum-cli export onnx --model {where} FOLDER"
        )
    return tensors


def _graph(present: Collection[str], where: str) -> str | None:
    for name in GRAPHS:
        if name in present:
            return name
    others = sorted(name for name in present if name.endswith(".onnx") and name.removeprefix("onnx/").count("/") == 0)
    if len(others) > 1:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {where} holds several graphs ({', '.join(others[:10])}): keep one, or call the one to "
            f"use {GRAPHS[0]}."
        )
    return others[0] if others else None


def _tensors(present: Collection[str]) -> tuple[str, ...]:
    if TENSORS in present:
        return (TENSORS,)
    parts = sorted(name for name in present if name.startswith("model-") and name.endswith(".safetensors"))
    return (INDEX, *parts) if INDEX in present else ()


def _no_weights(present: Iterable[str], where: str) -> str:
    pickles = sorted(name for name in present if name.endswith(PICKLES))
    if pickles:
        return (
            f"QUARTERDECK_MODEL: {where} holds its weights only as {pickles[0]}, a kind of file that can run code and "
            f"is never opened here: save it as safetensors or ONNX where you trust it ({MANUAL} says how)."
        )
    return (
        f"QUARTERDECK_MODEL: {where} holds no weights: it needs {GRAPHS[0]}, {GRAPHS[1]} or, with the extra torch, "
        f"{TENSORS}."
    )


def _present(folder: Path) -> set[str]:
    """Files of the folder and of its folder onnx, by their paths from the folder."""
    try:
        found = [*folder.iterdir(), *((folder / "onnx").iterdir() if (folder / "onnx").is_dir() else ())]
    except OSError as error:
        raise ModelRefused(f"QUARTERDECK_MODEL: {folder} cannot be read: {error.strerror}.") from error
    return {path.relative_to(folder).as_posix() for path in found if path.is_file()}


def _check_parts(folder: Path, names: Collection[str]) -> None:
    told = _json(folder / INDEX).get("weight_map")
    missing = sorted(set(told.values() if isinstance(told, dict) else ()) - set(names))
    if missing or not isinstance(told, dict):
        raise ModelRefused(f"QUARTERDECK_MODEL: {folder} misses parts of its weights ({missing[:3]}): copy it again.")


def _config(folder: Path) -> dict[str, Any]:
    return _json(folder / CONFIG)


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelRefused(f"QUARTERDECK_MODEL: {path} cannot be read as JSON: copy the model again.") from error
    if not isinstance(told, dict):
        raise ModelRefused(f"QUARTERDECK_MODEL: {path} should hold a JSON object: copy the model again.")
    return told
