"""TRIAGE, reading: what the labels of somebody else's model mean in our words.

In come the labels of its config.json and what QUARTERDECK_MODEL_LABELS says; out goes, for each output of the model,
the sentiment and the intents it speaks for. It never guesses: a label that neither says what it means nor is told is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.reading.head import INTENTS, SENTIMENTS
from triage.unavailable import ModelUnavailable

WORDS = (*SENTIMENTS, *INTENTS)
"""What a label may mean, in the order of the first columns of OUTPUTS."""
IGNORED = "-"
"""Told of a label that means nothing to us."""
KNOWN = {**{word: word for word in WORDS}, "neg": "negative", "neu": "neutral", "pos": "positive"}
"""Labels that say by themselves what they mean, in small letters."""
LISTED = 30
_STARS = re.compile(r"([1-5]) stars?", re.IGNORECASE)
_STAR_MEANS = {"1": "negative", "2": "negative", "3": "neutral", "4": "positive", "5": "positive"}


class ModelRefused(ModelUnavailable):
    """What QUARTERDECK_MODEL and QUARTERDECK_MODEL_LABELS name cannot be used; the message says what to write.

    Permanent: nothing can be read until a setting or a file is changed. `NotFetched` below says the one exception.
    """


class NotFetched(ModelRefused):
    """The hub's model is not on this machine, and nobody may or can fetch it now."""


@dataclass(frozen=True)
class LabelMap:
    """The labels of a model in their order; beside each the words of WORDS it stands for, () = ignored on purpose."""

    labels: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]

    @property
    def said(self) -> tuple[str, ...]:
        """What the model speaks of at all: those of WORDS that some label means."""
        meant = {word for words in self.meanings for word in words}
        return tuple(word for word in WORDS if word in meant)

    def __str__(self) -> str:
        """As the setting would say it."""
        return _setting(self.labels, ["+".join(words) or IGNORED for words in self.meanings])


def map_labels(labels: Sequence[str], typed: str) -> LabelMap:
    """What each label means: as typed (`LABEL_0=negative,LABEL_1=neutral`), else by its name if that is one of KNOWN.

    A label may stand for one sentiment and any intents (`anger=negative+complaint`); several may stand for the same and
    then add up; `-` ignores one. `#2` is the third output, for labels that hold a comma. Errors: ModelRefused.

    >>> map_labels(["NEG", "LABEL_1"], "LABEL_1=praise+positive").meanings
    (('negative',), ('positive', 'praise'))
    """
    told = _told(labels, typed)
    unsaid = [
        label for place, label in enumerate(labels) if place not in told and label.casefold().strip() not in KNOWN
    ]
    if unsaid:
        raise ModelRefused(_how_to_map(labels, told, unsaid))
    meanings = tuple(told.get(place, (KNOWN.get(name.casefold().strip(), ""),)) for place, name in enumerate(labels))
    if not any(meanings):
        raise ModelRefused(
            "QUARTERDECK_MODEL_LABELS ignores every label, so the model would say nothing: let one of them mean one of "
            f"{_ours()}, or empty QUARTERDECK_MODEL to use the shipped model."
        )
    return LabelMap(tuple(labels), meanings)


def labels_of(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The labels of a config.json in the order of the outputs. Without `id2label`: LABEL_0 … as transformers has it."""
    told = config.get("id2label")
    try:
        if told is None:
            return tuple(f"LABEL_{place}" for place in range(int(config.get("num_labels", 2))))
        by_place = {int(place): str(label) for place, label in dict(told).items()}
        return tuple(by_place[place] for place in range(len(by_place)))
    except (TypeError, ValueError, KeyError):
        raise ModelRefused(
            'QUARTERDECK_MODEL: "id2label" in its config.json must name every output from "0" on, as in '
            '{"0": "negative", "1": "positive"}; correct it there.'
        ) from None


def _told(labels: Sequence[str], typed: str) -> dict[int, tuple[str, ...]]:
    told: dict[int, tuple[str, ...]] = {}
    for each in filter(str.strip, typed.split(",")):
        label, sign, meant = (part.strip() for part in each.rpartition("="))
        if not sign or not label or not meant:
            raise ModelRefused(
                f"QUARTERDECK_MODEL_LABELS: {each.strip()} should read LABEL=MEANING; write "
                f'QUARTERDECK_MODEL_LABELS="{_setting(labels, ["?"] * len(labels))}" with one of {_ours()} for each ?.'
            )
        words = _words(each.strip(), meant)
        for place in _places(labels, label):
            if told.setdefault(place, words) != words:
                raise ModelRefused(
                    f"QUARTERDECK_MODEL_LABELS tells {label} twice: join what it means, as in {label}=a+b."
                )
    return told


def _words(each: str, meant: str) -> tuple[str, ...]:
    words = {word.strip().casefold() for word in meant.split("+")}
    if words == {IGNORED}:
        return ()
    if not words <= set(WORDS):
        wrong = ", ".join(sorted(words - set(WORDS)))
        raise ModelRefused(
            f"QUARTERDECK_MODEL_LABELS: in {each}, {wrong!r} is no word of ours; write one of {_ours()}."
        )
    if len(words & set(SENTIMENTS)) > 1:
        raise ModelRefused(f"QUARTERDECK_MODEL_LABELS: in {each}, write one sentiment, or {IGNORED} if it is none.")
    return tuple(word for word in WORDS if word in words)


def _places(labels: Sequence[str], label: str) -> list[int]:
    """The outputs a label names: by its exact name, by #number, or whatever the case."""
    exact = [place for place, name in enumerate(labels) if name.strip() == label]
    if exact:
        return exact
    if re.fullmatch(r"#\d{1,4}", label) and int(label[1:]) < len(labels):
        return [int(label[1:])]
    anyhow = [place for place, name in enumerate(labels) if name.strip().casefold() == label.casefold()]
    if len({labels[place] for place in anyhow}) != 1:
        raise ModelRefused(
            f"QUARTERDECK_MODEL_LABELS names the label {label!r}, but the labels of the model are {_listed(labels)}: "
            "write one of these, or #0, #1 … for the first, the second …"
        )
    return anyhow


def _how_to_map(labels: Sequence[str], told: Mapping[int, tuple[str, ...]], unsaid: Sequence[str]) -> str:
    stars = [_STARS.fullmatch(label.strip()) for label in labels]
    if not told and len(stars) == 5 and all(stars):
        line = _setting(labels, [_STAR_MEANS[match[1]] for match in stars if match])
        return (
            f'The model gives stars, no sentiment. If that is what you mean, write QUARTERDECK_MODEL_LABELS="{line}".'
        )
    meant = ["+".join(told[place]) or IGNORED if place in told else _by_name(name) for place, name in enumerate(labels)]
    return (
        f"Nothing says what the labels {_listed(unsaid)} of the model mean. Its description should; then write "
        f'QUARTERDECK_MODEL_LABELS="{_setting(labels, meant)}" with one of {_ours()} for each ?.'
    )


def _by_name(label: str) -> str:
    return KNOWN.get(label.casefold().strip(), "?")


def _setting(labels: Sequence[str], meant: Sequence[str]) -> str:
    """The line to type; a label that holds a comma goes by its number."""
    names = [f"#{place}" if "," in label else label.strip() for place, label in enumerate(labels)]
    pairs = [f"{name}={words}" for name, words in zip(names, meant, strict=True)]
    return ",".join(pairs[:LISTED]) + (",…" if len(pairs) > LISTED else "")


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - LISTED} more" if len(labels) > LISTED else ""
    return ", ".join(labels[:LISTED]) + more


def _ours() -> str:
    return f"{', '.join(WORDS)} (or {IGNORED} to ignore it)"
