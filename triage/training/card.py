"""TRIAGE, training: put measured figures where people read them.

In come the weights in triage/weights and the corpus; out go the figures, written into `ngram.json` and
between the two marks of `docs/model-card.md`. It measures and writes; it never trains.

    python -m triage.training.card --corpus ../data --card docs/model-card.md
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from triage.reading.accuracy import Accuracy, Score, measure
from triage.reading.head import WEIGHTS
from triage.training.weights import write_json

MARKED = re.compile(r"(<!-- figures -->).*?(<!-- end of figures -->)", re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the weights and write both places. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure the weights and write the model card's figures.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--card", type=Path, required=True, help="the model card to bring up to date")
    options = parser.parse_args(arguments)
    about = json.loads((WEIGHTS / "ngram.json").read_text(encoding="utf-8"))
    accuracy = measure(options.corpus)
    write_json(WEIGHTS, {**about, "measured": accuracy.as_dict()})
    figures = figures_of(accuracy, about)
    card = options.card.read_text(encoding="utf-8")
    options.card.write_text(with_figures(card, figures), encoding="utf-8")
    return 0


def with_figures(card: str, figures: str) -> str:
    """The card with new figures between its two marks. Errors: ValueError if it has none."""
    changed, times = MARKED.subn(lambda found: f"{found[1]}\n{figures}\n{found[2]}", card)
    if times != 1:
        raise ValueError("The model card needs one <!-- figures --> and one <!-- end of figures -->.")
    return changed


def figures_of(accuracy: Accuracy, about: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    said = accuracy.sentiment
    return "\n".join(
        [
            f"Weights `{accuracy.model_version}`, sha256 `{about['sha256']}`.",
            "",
            f"Sentiment, validation set ({said.rows:,} tweets): macro recall **{_share(said.macro_recall)}**, macro F1 "
            f"{_share(said.macro_f1)}, accuracy {_share(said.accuracy)}. Always saying the commonest: macro recall "
            f"{_share(said.majority_macro_recall)}, accuracy {_share(said.majority_accuracy)}.",
            "",
            *_table("sentiment", said.classes),
            "",
            f"Intents, {accuracy.seeds} mentions of ours from themes that did not train (rules included): the primary "
            f"one is right in {_share(accuracy.primary_accuracy)} (always the commonest: "
            f"{_share(accuracy.primary_majority_accuracy)}).",
            "",
            *_table("intent", {**accuracy.intents, "needs a reply": accuracy.needs_reply}),
            "",
            f"Of {accuracy.everyday.rows:,} tweets about anything, {_share(accuracy.everyday.crisis)} are read as "
            "crisis, "
            f"{_share(accuracy.everyday.churn)} as churn, {_share(accuracy.everyday.question)} as question; "
            f"{_share(accuracy.everyday.needs_reply)} get `needs_reply` of 0.5 or more.",
        ]
    )


def _table(what: str, scores: Mapping[str, Score]) -> list[str]:
    rows = [
        f"| {name} | {each.support} | {_share(each.precision)} | {_share(each.recall)} | {_share(each.f1)} |"
        for name, each in scores.items()
    ]
    return [f"| {what} | cases | precision | recall | F1 |", "|---|---|---|---|---|", *rows]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


if __name__ == "__main__":
    raise SystemExit(main())
