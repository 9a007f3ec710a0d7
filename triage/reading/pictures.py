"""TRIAGE, reading: figures of labelled rows as one picture.

In come figures; out go the bytes of a PNG or SVG: the confusion matrix, the reliability diagram, and how often a
reading was right by its confidence. It opens no file, no window and no connection, and computes nothing but intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.figure import Figure
from scipy.stats import binomtest

from triage.reading.evaluation import Bin, Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = ("png", "svg")
INK, FAINT, MARK = "#1b2430", "#b9c0c8", "#0b5d73"
WIDE, HIGH, DOTS = 15.0, 5.2, 150
"""Inches and dots an inch."""
DARK = 0.55
"""From this share of a row on, a cell's number is white."""


def draw(figures: Evaluation, title: str, kind: str = "png") -> bytes:
    """The picture; the same figures give the same bytes. `kind` is one of KINDS. `title` stands above it.

    Errors: ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind} is none of {', '.join(KINDS)}")
    # Text stays text in an SVG, and its inner names do not change from run to run.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "quarterdeck", "text.color": INK}):
        figure = Figure(figsize=(WIDE, HIGH), layout="constrained")
        matrix, reliability, bands = figure.subplots(1, 3)
        # A model's name may hold any letters; what the font lacks, or takes for a formula, must not be a trouble.
        plain = title.encode("ascii", "replace").decode("ascii")
        figure.suptitle(plain, fontsize=12, parse_math=False)
        draw_confusion(matrix, figures)
        draw_reliability(reliability, figures)
        draw_bands(bands, figures.bands)
        out = BytesIO()
        figure.savefig(out, format=kind, dpi=DOTS, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()


def draw_confusion(axes: Axes, figures: Evaluation) -> None:
    """Each true class as a row: how its rows were read, as shares (the colour) and counts."""
    shares = [[n / max(1, sum(row)) for n in row] for row in figures.confusion]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    small = len(figures.classes) > 4
    for y, row in enumerate(figures.confusion):
        for x, count in enumerate(row):
            share = shares[y][x]
            label = f"{count:,}" if small else f"{share:.0%}\n{count:,}"
            colour = "white" if share > DARK else INK
            axes.text(x, y, label, ha="center", va="center", color=colour, fontsize=8 if small else 10)
    places = range(len(figures.classes))
    axes.set_xticks(places, figures.classes, rotation=40 if small else 0, ha="right" if small else "center")
    axes.set_yticks(places, figures.classes)
    axes.set(title="Confusion", xlabel="read as", ylabel="labelled")


def draw_reliability(axes: Axes, figures: Evaluation) -> None:
    """How often a reading was right by the probability it gave; on the diagonal that can be believed."""
    full = [each for each in figures.bins if each.rows]
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle="--", label="believable")
    axes.bar(
        [each.low for each in full],
        [each.rows / figures.rows for each in full],
        width=[each.high - each.low for each in full],
        align="edge", color=FAINT, alpha=0.5, label="share of the rows",
    )  # fmt: skip
    axes.plot(
        [each.mean or 0.0 for each in full], [each.accuracy or 0.0 for each in full],
        color=MARK, marker="o", label="right",
    )  # fmt: skip
    axes.set(
        title=f"Reliability (ECE {figures.calibration_error:.3f})",
        xlabel="probability of what was said",
        ylabel="share",
        xlim=(0, 1),
        ylim=(0, 1.02),
    )
    axes.legend(loc="upper left", frameon=False)


def draw_bands(axes: Axes, bands: Sequence[Bin]) -> None:
    """How often a reading was right in each band of confidence, with the 95 % interval of Wilson and the rows."""
    full = [each for each in bands if each.rows]
    right = [each.accuracy or 0.0 for each in full]
    ends = [_interval(each) for each in full]
    below = [max(0.0, value - low) for value, (low, _) in zip(right, ends, strict=True)]
    above = [max(0.0, high - value) for value, (_, high) in zip(right, ends, strict=True)]
    places = range(len(full))
    axes.bar(places, right, color=MARK, yerr=[below, above], ecolor=INK, capsize=4)
    for place, each in zip(places, full, strict=True):
        axes.text(place, 0.02, f"{each.rows:,}", ha="center", va="bottom", color="white", fontsize=8)
    axes.set_xticks(places, [f"{each.low:g}–{each.high:g}" for each in full], fontsize=9)
    axes.set(title="Right, by confidence", xlabel="confidence (rows in the bar)", ylabel="share right", ylim=(0, 1.02))


def _interval(each: Bin) -> tuple[float, float]:
    hits = round((each.accuracy or 0.0) * each.rows)
    found = binomtest(hits, each.rows).proportion_ci(method="wilson")
    return float(found.low), float(found.high)
