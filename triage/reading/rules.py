"""TRIAGE, reading: what the words alone say.

In comes a normalised text; out goes the evidence of the word lists: danger, leaving, asking, following up,
advertising, thanking. `judge.py` joins it with the trained head's probabilities. It knows no probability.
"""

from __future__ import annotations

from dataclasses import dataclass

from triage.reading.asking import advertises, asks, commends, follows_up, passes_on, thanks
from triage.reading.danger import dangers, jests
from triage.reading.leaving import leaves

RULES = 4
"""The edition of the word lists and of `judge.py`: part of every reading's version. Raise it with any change."""


@dataclass(frozen=True)
class Evidence:
    """What the words of one text say. `dangers` holds the categories of `danger.CATEGORIES` found."""

    dangers: frozenset[str]
    jests: bool
    leaves: bool
    asks: bool
    follows_up: bool
    advertises: bool
    thanks: bool
    commends: bool
    passes_on: bool
    names_someone: bool
    says_something: bool


def evidence(normalised: str) -> Evidence:
    """Read a normalised text by its words alone."""
    text = normalised.lower()
    return Evidence(
        dangers=dangers(text),
        jests=jests(text),
        leaves=leaves(text),
        asks=asks(text),
        follows_up=follows_up(text),
        advertises=advertises(text),
        thanks=thanks(text),
        commends=commends(text),
        passes_on=passes_on(text),
        names_someone="@user" in text,
        says_something=any(character.isalnum() for character in text),
    )


def speaks_of_danger(text: str) -> bool:
    """Whether somebody may be hurt, ill, threatened or exposed, by the words of a normalised text alone."""
    return bool(dangers(text.lower()))


def speaks_of_leaving(text: str) -> bool:
    """Whether a customer leaves or says so, by the words of a normalised text alone."""
    return leaves(text.lower())
