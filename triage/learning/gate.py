"""TRIAGE, learning: whether what was learned may be used.

Comes in: a fitted head, what was kept back of the corrections, and the anchors: texts shipped without their words, with
what is true of them. Goes out: figures, and a refusal where the head makes anything worse. It never fits anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from triage.learning.learned import Learned
from triage.learning.lessons import Lessons, Scale, Score, score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANCHORS = Path(__file__).parents[1] / "weights" / "anchors.safetensors"
MAY_FORGET = 0.005
"""What share of the anchors' labels a head may lose against the shipped model: less than one in two hundred."""
MAY_CONTRADICT, FOR_EACH, AT_MOST = 0.04, 0.0003, 0.1
"""What share of the anchors' sentiments the corrections may overturn when nothing holds them back, and how much more
for each lesson. Measured: honest ones overturned up to 2 % on posts about 25 brands (300 lessons) and 6 % where half
of them was a brand's own slang (95); with good and bad exchanged it was 7 to 12 % (60 lessons) and 13 to 20 % (150)."""
MAY_MISS = 1
"""How many dangers fewer they may find so: two mistakes are a habit."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the gate found."""

    refused: str
    """Why it may not be used, for people; empty = it may."""
    held_before: Score
    held_after: Score
    anchors_before: Score
    anchors_after: Score


def judge(
    learned: Learned,
    free: Learned,
    *,
    lessons: int,
    present: Learned | None,
    kept_back: Lessons,
    anchors: Lessons,
    scale: Scale,
) -> Verdict:
    """Hold a new head against what is in use, on the corrections that were kept back; on the anchors against the model
    alone, so that many small losses cannot add up.

    `free`: what the same `lessons` teach when nothing holds it back: it shows whether they contradict what is known.
    `anchors`: not those that held the head.
    """
    held_before = _score(kept_back, present, scale)
    held_after = _score(kept_back, learned, scale)
    before, after = _score(anchors, None, scale), _score(anchors, learned, scale)
    return Verdict(
        refused=_why_not(held_before, held_after, before, after)
        or _contradicts(before, _score(anchors, free, scale), lessons),
        held_before=held_before,
        held_after=held_after,
        anchors_before=before,
        anchors_after=after,
    )


def _score(lessons: Lessons, learned: Learned | None, scale: Scale) -> Score:
    said = lessons.probabilities
    return score(learned.adjust(said, lessons.embeddings) if learned else said, lessons.labels, scale)


def _why_not(held_before: Score, held_after: Score, before: Score, after: Score) -> str:
    if not held_before.told:
        return "none of the corrections was kept back to judge by; a few more are needed"
    if not before.told:
        return "there is nothing to tell whether it forgets what the model knew"
    if held_after.right < held_before.right:
        return f"it tells fewer of the corrections it had not seen: {_fell(held_before, held_after)}"
    if after.danger_found < before.danger_found:
        return f"it overlooks danger and leaving that is known: {after.danger_found} instead of {before.danger_found}"
    if after.share < before.share - MAY_FORGET:
        return f"it forgets what the model knew: {_fell(before, after)}"
    return ""


def _contradicts(before: Score, free: Score, lessons: int) -> str:
    lost = (before.sentiments_right - free.sentiments_right) / max(before.sentiments_told, 1)
    if lost > min(AT_MOST, MAY_CONTRADICT + FOR_EACH * lessons):
        return f"the corrections contradict what is known: they would overturn {lost:.0%} of it; were they meant so?"
    if free.danger_found < before.danger_found - MAY_MISS:
        return "the corrections teach to overlook danger and leaving; were they meant so?"
    return ""


def _fell(before: Score, after: Score) -> str:
    return f"{after.right} of {after.told} instead of {before.right}"


def load_anchors(path: Path = ANCHORS) -> Lessons | None:
    """The anchors; None where none are installed, and then nothing passes."""
    import numpy as np  # here, because importing this room must stay cheap
    from safetensors.numpy import load

    if not path.is_file():
        return None
    tensors: dict[str, NDArray[np.float64]] = load(path.read_bytes())
    return Lessons(
        ids=np.arange(len(tensors["labels"])),
        embeddings=tensors["embeddings"].astype(np.float16),
        probabilities=tensors["probabilities"].astype(np.float64),
        labels=tensors["labels"].astype(np.float32),
    )


def halves(anchors: Lessons) -> tuple[Lessons, Lessons]:
    """Those that hold a head, and those that judge it."""
    return anchors.part(anchors.ids % 2 == 0), anchors.part(anchors.ids % 2 == 1)


Anchors = Callable[[], Lessons | None]
"""How anchors are come by: `load_anchors`, or a test's own."""
