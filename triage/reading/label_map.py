"""TRIAGE, reading: somebody else's labels in our words.

In come the labels of a file with their counts and what somebody typed as LABEL=OURS; out goes one meaning for each
label, or a refusal that says what to type. It never guesses: a label that is neither ours nor mapped is refused.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.reading import INTENTS, SENTIMENTS

FIELDS = {"sentiment": SENTIMENTS, "intent": INTENTS}
"""What can be evaluated, and the words for it."""
LEFT_OUT = "-"
"""The meaning of a label whose rows are left out."""
NOT = "not-"
LISTED = 20
LONGEST_SHOWN = 40


class LabelsRefused(ValueError):
    """The labels cannot be evaluated as they are; the message says what to type."""


@dataclass(frozen=True)
class LabelMap:
    """`meanings` by label as it stands in the file, each of `classes` or LEFT_OUT.

    `yes` is the intent of a yes/no question ("complaint" or not), which is then the first of two classes; None = the
    classes are all of the field's. `unused` was typed and stands nowhere in the file.
    """

    classes: tuple[str, ...]
    meanings: Mapping[str, str]
    yes: str | None
    unused: tuple[str, ...] = ()


def map_labels(found: Mapping[str, int], said: Sequence[str], field: str = "sentiment") -> LabelMap:
    """What each label of the file means. `found` holds rows by label, `said` what was typed: "LABEL=OURS".

    Our own words map by themselves, in any case; what was typed goes first. For intents "not-complaint" beside
    "complaint" asks yes or no. Errors: LabelsRefused.

    >>> map_labels({"NEGATIVE": 2, "0": 1}, ["0=neutral"]).meanings
    {'NEGATIVE': 'negative', '0': 'neutral'}
    """
    typed = _typed(said, field)
    meanings = {label: _meaning(label, typed, field) for label in found}
    unmapped = [label for label, meaning in meanings.items() if meaning is None]
    if unmapped:
        raise LabelsRefused(_how_to_map(unmapped, found, field))
    known = {label: meaning for label, meaning in meanings.items() if meaning is not None}
    yes = _yes_no(set(known.values()) - {LEFT_OUT})
    folded = {label.casefold() for label in found}
    return LabelMap(
        classes=(yes, NOT + yes) if yes else FIELDS[field],
        meanings=known,
        yes=yes,
        unused=tuple(label for label in typed if label not in found and label.casefold() not in folded),
    )


def _typed(said: Sequence[str], field: str) -> dict[str, str]:
    typed: dict[str, str] = {}
    for each in said:
        label, sign, meaning = each.rpartition("=")
        label, meaning = label.strip(), meaning.strip().casefold()
        if not sign or not label:
            raise LabelsRefused(f"--map {each} should read LABEL=OURS, for example --map 0={FIELDS[field][0]}.")
        if meaning != LEFT_OUT and not _is_ours(meaning, field):
            raise LabelsRefused(f"--map {each}: there is no {field} {meaning!r}; it is one of {_ours(field)}.")
        if typed.get(label, meaning) != meaning:
            raise LabelsRefused(f"--map {each} contradicts --map {label}={typed[label]}.")
        typed[label] = meaning
    return typed


def _meaning(label: str, typed: Mapping[str, str], field: str) -> str | None:
    folded = label.casefold()
    if label in typed:
        return typed[label]
    anyhow = {each.casefold(): meaning for each, meaning in typed.items()}
    if folded in anyhow:
        return anyhow[folded]
    return folded if _is_ours(folded, field) else None


def _is_ours(word: str, field: str) -> bool:
    return word in FIELDS[field] or (field == "intent" and word.startswith(NOT) and word[len(NOT) :] in INTENTS)


def _yes_no(meanings: set[str]) -> str | None:
    """The intent that is asked after with yes or no; None if no "not-" is there."""
    negated = sorted(each for each in meanings if each.startswith(NOT))
    if not negated:
        return None
    yes = negated[0][len(NOT) :]
    others = sorted(meanings - {negated[0], yes})
    if others:
        raise LabelsRefused(
            f"{negated[0]} asks yes or no, so every label must mean {yes}, {negated[0]} or be left out with "
            f"{LEFT_OUT}; but some mean {', '.join(others)}."
        )
    return yes


def _how_to_map(unmapped: Sequence[str], found: Mapping[str, int], field: str) -> str:
    most = sorted(found, key=lambda label: (-found[label], label))
    listed = ", ".join(f"{_shown(label)} ({found[label]:,})" for label in most[:LISTED])
    more = f" and {len(most) - LISTED:,} more" if len(most) > LISTED else ""
    first = sorted(unmapped, key=lambda label: (-found[label], label))[:3]
    words = " ".join(f"--map {shlex.quote(f'{_shown(label)}=?')}" for label in first)
    return (
        f"Not every label says which {field} it means. The file has: {listed}{more}. "
        f"Type for each of {', '.join(_shown(label) for label in sorted(unmapped)[:LISTED])} what it means, as in "
        f"{words}, where ? is one of {_ours(field)}, or {LEFT_OUT} to leave its rows out."
    )


def _shown(label: str) -> str:
    return label if len(label) <= LONGEST_SHOWN else f"{label[:LONGEST_SHOWN]}…"


def _ours(field: str) -> str:
    also = " (or for a yes/no question one of them and not-… of it)" if field == "intent" else ""
    return ", ".join(FIELDS[field]) + also
