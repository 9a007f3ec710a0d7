"""TRIAGE, training: what a head learned from corrections is held against.

In come the shipped weights and everything kept for choices and figures; out goes `anchors.safetensors`: embeddings,
what the shipped model says and what is true of each, and no words. An installation's corrections may not make
these worse (`triage/learning/`). Nothing here ever trains.

    python -m triage.training.anchors --corpus ../data --weights triage/weights
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from triage.reading.head import OUTPUTS
from triage.reading.normalise import normalise
from triage.reading.seeds import read_seeds
from triage.reading.shipped import open_folder
from triage.training.examples import says_of
from triage.training.labelled import read_labelled

UNKNOWN = -1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the anchors of a folder of weights. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Write what learned heads are held against.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the shipped model")
    options = parser.parse_args(arguments)
    rows = [*_read(options.corpus), *_ours()]
    said = open_folder(options.weights).read([normalise(text) for text, _, _ in rows], [code for _, code, _ in rows])
    assert said.embeddings is not None
    labels = [[true.get(name, UNKNOWN) for name in OUTPUTS] for _, _, true in rows]
    tensors: dict[str, NDArray[Any]] = {
        "embeddings": said.embeddings,
        "probabilities": said.probabilities.astype(np.float32),
        "labels": np.array(labels, np.float32),
    }
    save_file(tensors, options.weights / "anchors.safetensors")
    return 0


def _read(corpus: Path) -> list[tuple[str, str, Mapping[str, float]]]:
    """Texts, languages and labels of what we read and kept for choices."""
    return [(each.text, "en", says_of(each.label)) for each in read_labelled(corpus, "choice")]


def _ours() -> list[tuple[str, str, Mapping[str, float]]]:
    """The same of what we wrote and kept from training."""
    kept = [seed for seed in read_seeds() if (seed.held_out or seed.for_choices) and seed.intents is not None]
    return [
        (
            seed.text,
            seed.language,
            {
                **{name: float(name == seed.sentiment or name in (seed.intents or ())) for name in OUTPUTS[:-2]},
                **{name: value for name in OUTPUTS[-2:] if (value := getattr(seed, name)) is not None},
            },
        )
        for seed in kept
    ]


if __name__ == "__main__":
    raise SystemExit(main())
