"""TRIAGE, training: put measured figures where people read them.

In come the weights in triage/weights and the corpus; out go the figures, written into `model.json` and
between the two marks of `docs/model-card.md`. It measures and writes; it never trains.

    python -m triage.training.card --corpus ../data --card docs/model-card.md
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from triage.reading.accuracy import Accuracy, Score, measure
from triage.reading.head import WEIGHTS
from triage.training.labelled import agreement, read_labels
from triage.training.measure import Irony, OnRead, Sentiment, measure_irony, measure_read, measure_sentiment

MARKED = re.compile(r"(<!-- figures -->).*?(<!-- end of figures -->)", re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the weights and write both places. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure the weights and write the model card's figures.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--card", type=Path, required=True, help="the model card to bring up to date")
    options = parser.parse_args(arguments)
    file = WEIGHTS / "model.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    accuracy, sentiment = measure(options.corpus), measure_sentiment(options.corpus)
    on_read, irony = measure_read(options.corpus), measure_irony(options.corpus)
    about["measured"] = accuracy.as_dict() | {"halves": {k: round(v, 6) for k, v in asdict(sentiment).items()}}
    file.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    figures = "\n".join([*whole(accuracy, sentiment, about), *of_read(on_read), *by_irony(irony), *of_readers()])
    card = options.card.read_text(encoding="utf-8")
    options.card.write_text(with_figures(card, figures), encoding="utf-8")
    return 0


def with_figures(card: str, figures: str) -> str:
    """The card with new figures between its two marks. Errors: ValueError if it has none."""
    changed, times = MARKED.subn(lambda found: f"{found[1]}\n{figures}\n{found[2]}", card)
    if times != 1:
        raise ValueError("The model card needs one <!-- figures --> and one <!-- end of figures -->.")
    return changed


def whole(accuracy: Accuracy, sentiment: Sentiment, about: Mapping[str, Any]) -> list[str]:
    """The reading as it ships, on the validation set and on our held-out mentions, as Markdown."""
    said = accuracy.sentiment
    return [
        f"Weights `{accuracy.model_version}`; sha256 of the encoder `{about['encoder']}`, of the n-gram head "
        f"`{about['ngram']}`.",
        "",
        f"Sentiment, validation set ({said.rows:,} tweets): macro recall **{_share(said.macro_recall)}** (the encoder "
        f"alone {_share(sentiment.encoder)}, the n-gram head alone {_share(sentiment.ngram)}), macro F1 "
        f"{_share(said.macro_f1)}, accuracy {_share(said.accuracy)}, expected calibration error "
        f"{sentiment.calibration_error:.3f}. Always saying the commonest: macro recall "
        f"{_share(said.majority_macro_recall)}, accuracy {_share(said.majority_accuracy)}.",
        "",
        *_table("sentiment", said.classes),
        "",
        f"Intents, {accuracy.seeds} mentions of ours from themes that neither trained nor decided a threshold: the "
        f"primary one is right in {_share(accuracy.primary_accuracy)} (always the commonest: "
        f"{_share(accuracy.primary_majority_accuracy)}), their sentiment in "
        f"{_share(accuracy.seed_sentiment.accuracy)}.",
        "",
        *_table("intent", {**accuracy.intents, "needs a reply": accuracy.needs_reply}),
        "",
        f"Of {accuracy.everyday.rows:,} tweets about anything, {_share(accuracy.everyday.crisis)} are read as "
        f"crisis, {_share(accuracy.everyday.churn)} as churn, {_share(accuracy.everyday.question)} as question; "
        f"{_share(accuracy.everyday.needs_reply)} get `needs_reply` of 0.5 or more.",
        "",
    ]


def of_read(found: OnRead) -> list[str]:
    """The figures on texts that we read and labelled, as Markdown."""
    rows = [
        f"| {name} | {number} | {_share(macro)} | {_share(primary)} |"
        for name, (number, macro, primary) in found.by_set.items()
    ]
    return [
        f"Intents, {found.reading.rows} public texts that we read and kept for figures: macro F1 "
        f"**{_share(found.reading.macro_f1)}** (the encoder alone {_share(found.encoder.macro_f1)}, the n-gram head "
        f"alone {_share(found.ngram.macro_f1)}), the primary one right in {_share(found.reading.primary_accuracy)} "
        f"({_share(found.encoder.primary_accuracy)}, {_share(found.ngram.primary_accuracy)}). `needs_reply`: area "
        f"under the curve {found.needs_reply_auc:.3f}.",
        "",
        *_table(
            "intent",
            {**found.reading.scores, "needs a reply": found.needs_reply, "about the brand": found.about_brand},
        ),
        "",
        "| set | texts | macro F1 of those that occur | primary right |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def by_irony(found: Irony) -> list[str]:
    """How much less sure a reading is of irony, as Markdown."""
    rows = [
        f"| {name} | {ironic} | {_number(sure)} | {plain} | {_number(surer)} |"
        for name, (ironic, sure, plain, surer) in found.by_sentiment.items()
    ]
    return [
        "Mean confidence in tweets whose authors say whether they are ironic (a fifth of isarcasm, never trained on):",
        "",
        "| read as | ironic ones | confidence | plain ones | confidence |",
        "|---|---|---|---|---|",
        *rows,
        "",
    ]


def of_readers() -> list[str]:
    """How far two readers agree, as Markdown."""
    second = read_labels(reading=2)
    found = agreement(second, read_labels())
    rows = [
        f"| {name} | {each['first']:.0f} | {each['second']:.0f} | {_share(each['agreement'])} | {each['kappa']:.2f} |"
        for name, each in found.items()
    ]
    return [
        f"Two readers, {len(second)} texts: how far they agree (docs/labelling.md).",
        "",
        "| label | first | second | agree | kappa |",
        "|---|---|---|---|---|",
        *rows,
    ]


def _table(what: str, scores: Mapping[str, Score]) -> list[str]:
    rows = [
        f"| {name} | {each.support} | {_share(each.precision)} | {_share(each.recall)} | {_share(each.f1)} |"
        for name, each in scores.items()
    ]
    return [f"| {what} | cases | precision | recall | F1 |", "|---|---|---|---|---|", *rows]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


if __name__ == "__main__":
    raise SystemExit(main())
