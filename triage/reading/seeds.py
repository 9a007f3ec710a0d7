"""TRIAGE, reading: the mentions we wrote ourselves.

In come the JSON Lines files of `triage/training/seeds`; out go their rows. Training learns from all themes
but the held-out ones; the accuracy report reads only the held-out ones. It never writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "training" / "seeds"
HELD_OUT_THEMES = frozenset(
    {
        "crisis/food", "churn/telecom", "complaint/delivery", "question/hours", "purchase/home",
        "suggestion/shop", "praise/service", "promo/jobs", "chatter/daily", "chatter/sports", "short/question",
        "crisis/allergy", "crisis/gas", "crisis/lift", "crisis/toy", "churn/gym", "churn/streaming", "churn/mobile",
        "churn/meal-kit", "complaint/refund-late", "complaint/parcel-shop", "question/opening",
    }
)  # fmt: skip
"""Themes that never train: whole situations, so that the figures are not about remembered wordings."""
CHOICE_THEMES = frozenset(
    {
        "crisis/vehicle", "crisis/child", "churn/insurance", "churn/travel", "churn/energy", "complaint/policy",
        "complaint/hidden-fees", "complaint/service", "question/company", "question/compat", "purchase/fashion",
        "purchase/travel", "suggestion/menu", "suggestion/service", "praise/return", "praise/food", "promo/events",
        "promo/press", "chatter/mood", "chatter/jokes", "chatter/brand-news",
    }
)  # fmt: skip
"""Themes that never train either: thresholds and shares are chosen on them, so the held-out ones stay untouched."""


@dataclass(frozen=True)
class Seed:
    """One mention of ours. `intents`, `about_brand` and `needs_reply` (0-1) are None where we gave no label."""

    text: str
    language: str
    theme: str
    sentiment: str
    intents: tuple[str, ...] | None
    about_brand: float | None
    needs_reply: float | None

    @property
    def held_out(self) -> bool:
        """Whether this mention is kept for the figures: it neither trains nor decides a threshold."""
        return self.theme in HELD_OUT_THEMES

    @property
    def for_choices(self) -> bool:
        """Whether this mention is kept from training for the choice of thresholds and shares."""
        return self.theme in CHOICE_THEMES


def read_seeds(folder: Path = SEEDS) -> list[Seed]:
    """Every mention of ours, in the order of the files. Errors: FileNotFoundError if there is none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise FileNotFoundError(f"No seed mentions in {folder}; they come with the source, not with the wheel.")
    return [seed for file in files for seed in _rows(file)]


def _rows(file: Path) -> Iterator[Seed]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        intents = None if row["intents"] is None else tuple(row["intents"])
        yield Seed(**{**row, "intents": intents})
