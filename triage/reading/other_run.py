"""TRIAGE, reading: somebody else's model at work: texts to the numbers of its last layer.

In come texts; out goes a row of logits each. ONNX graphs run on onnxruntime, safetensors on torch. Texts of the same
number of tokens are read together, so nothing is padded. It never runs code that comes with a model and never opens a
connection.
"""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.reading.encoder import cores
from triage.reading.other_files import MANUAL, Files
from triage.reading.other_labels import ModelRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 32
LONGEST = 512
"""Tokens of a text that are read at most, even by a model that could read more."""
OFFSET_POSITIONS = {
    "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet", "longformer", "data2vec-text", "xmod", "ibert",
    "roberta-prelayernorm", "luke", "mluke",
}  # fmt: skip
"""Families that count positions from the one behind their padding token's number."""
TAKEN = ("input_ids", "attention_mask", "token_type_ids")
Feed = Mapping[str, "NDArray[np.int64]"]
Run = Callable[[Feed], "NDArray[np.float64]"]


class Words:
    """The tokenizer of a model. Thread-safe. `longest`: tokens it cuts texts to; `taken`: what its model takes."""

    def __init__(self, files: Files) -> None:
        os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")  # else it complains that torch is missing
        from transformers import AutoTokenizer  # here, because importing this room must stay cheap
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # what is wrong is said by a refusal
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(
                str(files.folder), local_files_only=True, trust_remote_code=False
            )
        except Exception as error:
            raise ModelRefused(
                f"QUARTERDECK_MODEL: the tokenizer in {files.folder} cannot be opened ({type(error).__name__}): copy "
                f"the model again; if it is of a kind that tokenizer.json does not hold, {MANUAL} says how to make one."
            ) from error
        self._lock = threading.Lock()
        self.longest = _longest(files.config, self._tokenizer.model_max_length)
        self.taken: Sequence[str] = self._tokenizer.model_input_names

    def __call__(self, texts: Sequence[str]) -> list[dict[str, list[int]]]:
        """Token ids and what goes with them, for each text, none longer than `longest`."""
        with self._lock:  # truncation is a state of the tokenizer
            told = self._tokenizer(
                list(texts),
                truncation=True,
                max_length=self.longest,
                padding=False,
                return_attention_mask=True,
                return_token_type_ids=True,
            )
        return [{name: told[name][place] for name in TAKEN} for place in range(len(texts))]


class Runner:
    """A model ready for use. Thread-safe."""

    def __init__(self, words: Words, run: Run, outputs: int, batch: int = BATCH) -> None:
        self.words, self._run, self._outputs, self._batch = words, run, outputs, batch

    def logits(self, texts: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The places of the texts that hold a token at all, and a row of logits for each of these, in their order.

        Errors: ModelRefused if the model gives another number of outputs than it has labels; what its runtime raises.
        """
        import numpy as np  # here, because importing this room must stay cheap

        rows = self.words(texts) if texts else []
        places, logits = np.zeros(0, np.intp), np.zeros((0, self._outputs))
        for batch in _batches(rows, self._batch):
            places = np.concatenate([places, batch])
            logits = np.concatenate([logits, self._answer([rows[place] for place in batch])])
        order = np.argsort(places)
        return places[order], logits[order]

    def _answer(self, rows: Sequence[Mapping[str, Sequence[int]]]) -> NDArray[np.float64]:
        import numpy as np  # here, for the same reason

        logits = self._run({name: np.array([row[name] for row in rows], np.int64) for name in TAKEN})
        if logits.shape != (len(rows), self._outputs):
            shape = "×".join(str(side) for side in logits.shape[1:])
            raise ModelRefused(
                f"QUARTERDECK_MODEL gives {shape} numbers a text but its config.json names {self._outputs} labels: "
                'correct "id2label" there, or take a model for the task text-classification.'
            )
        return logits


def _batches(rows: Sequence[Mapping[str, Sequence[int]]], most: int) -> Iterator[list[int]]:
    """Places of texts of the same number of tokens, `most` at a time. Texts without any are left out."""
    by_length: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        if row["input_ids"]:
            by_length.setdefault(len(row["input_ids"]), []).append(place)
    for _, places in sorted(by_length.items()):
        yield from (places[start : start + most] for start in range(0, len(places), most))


def open_runner(files: Files, outputs: int) -> Runner:
    """Open tokenizer and weights of a model with so many labels. Errors: ModelRefused."""
    words = Words(files)
    return _graph(files, words, outputs) if files.is_graph else _tensors(files, words, outputs)


def _graph(files: Files, words: Words, outputs: int) -> Runner:
    path = files.folder / files.weights[0]
    session = _session(path)
    types = {each.name: each.type for each in session.get_inputs()}
    if "input_ids" not in types or not set(types) <= set(TAKEN):
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {path} does not read texts as a classifier does: it wants {', '.join(sorted(types))}, "
            f"but is given {', '.join(TAKEN)}. Export it for the task text-classification."
        )
    shape = next(each.shape for each in session.get_inputs() if each.name == "input_ids")
    if len(shape) != 2 or isinstance(shape[1], int) or (isinstance(shape[0], int) and shape[0] != 1):
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {path} reads only texts of one size {shape}: export it with dynamic axes."
        )
    names = [each.name for each in session.get_outputs()]
    run = _session_run(session, types, "logits" if "logits" in names else names[0])
    return Runner(words, run, outputs, batch=1 if shape[0] == 1 or _scales_by_batch(path) else BATCH)


def _session(path: Path) -> Any:
    import onnxruntime  # here, for the same reason

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = cores(), 1, 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {path} is damaged, lacks a part or cannot run here ({type(error).__name__}): copy the "
            "model again, or export it anew with optimum-cli."
        ) from error


def _scales_by_batch(path: Path) -> bool:
    """Whether the graph quantizes by the largest number of a batch: then a text's neighbours change its answer."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as graph:
        return graph.find(b"DynamicQuantize") >= 0


def _session_run(session: Any, types: Mapping[str, str], answer: str) -> Run:
    import numpy as np  # here, for the same reason

    kinds = {name: np.int32 if told == "tensor(int32)" else np.int64 for name, told in types.items()}

    def run(feed: Feed) -> NDArray[np.float64]:
        [logits] = session.run([answer], {name: feed[name].astype(kind) for name, kind in kinds.items()})
        return np.asarray(logits, np.float64)

    return run


def _tensors(files: Files, words: Words, outputs: int) -> Runner:
    import torch  # here: it is an extra, and takes seconds
    from transformers import AutoModelForSequenceClassification

    try:
        network, told = AutoModelForSequenceClassification.from_pretrained(
            str(files.folder),
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except Exception as error:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: the weights in {files.folder} are damaged, do not fit its config.json or are of a "
            f"kind that transformers does not know ({type(error).__name__}): copy it again, or export it to ONNX."
        ) from error
    missing = sorted(told["missing_keys"])
    if missing:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {files.folder} was never trained to classify: its weights do not hold "
            f"{', '.join(missing[:3])}. Name a model for the task text-classification."
        )
    batch = 1 if network.config.pad_token_id is None else BATCH
    return Runner(words, _network_run(network.eval(), words.taken), outputs, batch)


def _network_run(network: Any, taken: Sequence[str]) -> Run:
    """Only what the tokenizer says the network takes is fed: GPT-2 reads token types as words."""
    import numpy as np  # here, for the same reason
    import torch

    names = [name for name in TAKEN if name in taken and name in signature(network.forward).parameters]

    def run(feed: Feed) -> NDArray[np.float64]:
        with torch.inference_mode():
            logits = network(**{name: torch.from_numpy(feed[name]) for name in names}).logits
        return np.asarray(logits, np.float64)

    return run


def _longest(config: Mapping[str, Any], told: float) -> int:
    """Tokens the model reads: what its tokenizer says, its table of positions and LONGEST allow."""
    positions = config.get("max_position_embeddings")
    if not isinstance(positions, int) or positions < 1:
        positions = LONGEST
    elif config.get("model_type") in OFFSET_POSITIONS:
        positions -= int(config.get("pad_token_id") or 0) + 1
    return max(1, min(LONGEST, positions, int(min(told, LONGEST))))
