"""TRIAGE, training: everything that ships, made anew by one command.

In come the corpus folder and a work folder outside the repository; out go both halves, how they are joined, the
anchors and the model card's figures. Each step has a command of its own; a run that was cut off goes on where it was.
It needs the extra `train`. The weights in triage/weights are replaced.

    python -m triage.training.all --corpus ../data --work FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from triage.reading.head import WEIGHTS
from triage.training import anchors, blend, card, export, ngram, transformer

SEEDS = (3, 4)
"""One training run each; of several the weights are averaged."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all weights. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Make everything that ships anew.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints; not the repository")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"))
    told = parser.parse_args(arguments)
    corpus = ["--corpus", str(told.corpus)]
    runs = [told.work / f"seed_{seed}" for seed in SEEDS]
    steps: list[tuple[str, list[str]]] = [
        ("ngram", [*corpus, "--out", str(WEIGHTS)]),
        *(
            (f"transformer {seed}", [*corpus, "--work", str(run), "--seed", str(seed)])
            for seed, run in zip(SEEDS, runs, strict=True)
        ),
        ("export", [*corpus, "--out", str(WEIGHTS), *(str(run / "best.pt") for run in runs)]),
        ("blend", [*corpus, "--weights", str(WEIGHTS)]),
        ("anchors", [*corpus, "--weights", str(WEIGHTS)]),
        ("card", [*corpus, "--card", str(told.card)]),
    ]
    does = {
        "ngram": ngram,
        "transformer": transformer,
        "export": export,
        "blend": blend,
        "anchors": anchors,
        "card": card,
    }
    for name, words in steps:
        sys.stderr.write(f"== {name}\n")
        if does[name.split()[0]].main(words):
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
