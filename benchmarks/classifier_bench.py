"""BENCHMARKS: the shipped model beside VADER, TextBlob and the n-gram head alone, on labelled texts, in one run.

    QUARTERDECK_CORPUS=FOLDER python -m benchmarks.classifier_bench [--rows N]

It prints macro recall and accuracy (for complaints and suggestions F1 and the area under the ROC curve), texts a second
and as a ratio to the shipped model, and how much of the first fifth of a mixed queue needs an answer. The comparison
needs `pip install 'quarterdeck[bench]'`; what is not installed is said, and the rest goes on.
"""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score, recall_score, roc_auc_score

from benchmarks.first_in_queue import at_best, mean_share, points_by_need, points_by_us
from benchmarks.labelled_sets import LabelledSet, labelled_sets
from benchmarks.readers import Reader, Says, readers
from triage.reading import SENTIMENTS, model_version
from triage.training.labelled import read_labelled

PART = "test"
"""Of the texts that we labelled: the part that neither taught the model nor chose its thresholds."""
NEEDS_FROM = 0.5


def main() -> None:
    """Run the benchmark and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=0, help="at most so many of each set, evenly spread; 0 = all")
    told = parser.parse_args()
    corpus = Path(os.environ.get("QUARTERDECK_CORPUS", ""))
    if not (corpus / "text").is_dir():
        print("Nothing measured: QUARTERDECK_CORPUS names no folder with labelled texts.")
        return
    found, missing = readers()
    for name in missing:
        print(f"{name} is not installed and not compared: pip install 'quarterdeck[bench]'")
    print(f"The shipped model is {model_version()}.")
    for read in found.values():
        read(["The first text loads what a reader needs."], "complaint")
    for each in labelled_sets(corpus):
        compare(each.thinned(told.rows), found)
    queue(corpus, found)


def compare(labelled: LabelledSet, found: Mapping[str, Reader]) -> None:
    """Every reader on one set, with its speed as a ratio to the last of them, the shipped model."""
    headings = ("F1", "AUC") if labelled.intent else ("macro recall", "accuracy")
    print(f"\n{labelled.name}: {len(labelled.texts):,} texts")
    print(f"  {'':18} {headings[0]:>12} {headings[1]:>9} {'texts/s':>9} {'x shipped':>9}")
    measured = {name: _timed(read, labelled) for name, read in found.items()}
    speeds = {name: len(labelled.texts) / seconds for name, (_, seconds) in measured.items()}
    for name, (says, _) in measured.items():
        one, two = _figures(says, labelled)
        print(f"  {name:18} {one:>12} {two:>9} {speeds[name]:9,.0f} {speeds[name] / speeds['shipped']:9.2f}")


def queue(corpus: Path, found: Mapping[str, Reader]) -> None:
    """How much of the first fifth of our own labelled texts needs an answer, by who sorts them."""
    rows = read_labelled(corpus, PART)
    texts = [each.text for each in rows]
    needs = [each.label.needs_reply >= NEEDS_FROM for each in rows]
    print(f"\nThe first fifth of a mixed queue of {len(rows):,} texts that need an answer or not: share that does")
    orders = {"our priority": points_by_us(texts), "our needs_reply alone": points_by_need(texts)}
    if "VADER" in found:
        orders["VADER, negative first"] = found["VADER"](texts, "complaint").scores
    shares = {name: mean_share(needs, points) for name, points in orders.items()}
    shares["newest first"] = mean_share(needs, [0.0] * len(needs))
    shares["at best"] = at_best(needs)
    for name, share in shares.items():
        print(f"  {name:22} {share:.3f}")


def _timed(read: Reader, labelled: LabelledSet) -> tuple[Says, float]:
    begun = time.perf_counter()
    says = read(labelled.texts, labelled.intent or "complaint")
    return says, time.perf_counter() - begun


def _figures(says: Says, labelled: LabelledSet) -> tuple[str, str]:
    if labelled.intent:
        return _yes_no(says, [label == "yes" for label in labelled.labels])
    recall = recall_score(labelled.labels, says.sentiments, labels=SENTIMENTS, average="macro", zero_division=0)
    return f"{recall:.1%}", f"{accuracy_score(labelled.labels, says.sentiments):.1%}"


def _yes_no(says: Says, true: Sequence[bool]) -> tuple[str, str]:
    """A dash where a reader has no word for the intent."""
    if not says.scores:
        return "-", "-"
    return f"{f1_score(true, says.yes):.1%}", f"{roc_auc_score(true, says.scores):.1%}"


if __name__ == "__main__":
    main()
