"""TRIAGE, reading: somebody else's model, where QUARTERDECK_MODEL names one.

In come normalised texts; out go probabilities in our words. What the model does not say (mostly intents, whether it is
about the brand, whether it needs a reply) the shipped model says. A model that cannot be used is refused when it is
opened; it never answers with a guess instead.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.reading.head import INTENTS, SENTIMENTS
from triage.reading.model import Model, Said
from triage.reading.other_files import Files
from triage.reading.other_hub import Hub, find_files
from triage.reading.other_labels import WORDS, LabelMap, ModelRefused, NotFetched, labels_of, map_labels
from triage.reading.other_run import Runner, open_runner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Found", "Hub", "ModelRefused", "NotFetched", "OtherModel", "look_up", "open_model"]

COUNTS_FROM = 0.5
"""From which probability on an intent of the other model counts: ours are chosen for the shipped one's."""
TRIED = (
    "Thank you so much, this is great, I love it!",
    "This is awful. It broke after a day and nobody answers.",
    "The shop opens at nine on Tuesday.",
    "muchas gracias, me encanta",
    "太差了，再也不买了",
)
"""What a model must tell apart to be used at all."""


@dataclass(frozen=True)
class Found:
    """A model that was looked up but not opened: its files, what its labels mean, and how its numbers are read."""

    name: str
    files: Files
    labels: LabelMap
    several: bool
    """True: each label has a probability of its own (sigmoid); False: exactly one holds (softmax)."""


def look_up(name: str, labels: str, *, hub: Hub | None = None) -> Found:
    """Find the model `name` and map its labels, without opening its weights. May download. Errors: ModelRefused."""
    files = find_files(name, hub or Hub())
    names = labels_of(files.config)
    return Found(name, files, map_labels(names, labels), _several(files.config, len(names)))


def open_model(name: str, labels: str, *, rest: Model, hub: Hub | None = None) -> Model:
    """The model that QUARTERDECK_MODEL (`name`) and QUARTERDECK_MODEL_LABELS (`labels`) name, tried on a few texts.

    `name` is a folder or a hub name; `rest` says what the model does not. Seconds, for a download minutes: keep what is
    returned. Errors: ModelRefused, whose message names the setting and what to write; NotFetched, a kind of it.
    """
    found = look_up(name, labels, hub=hub)
    runner = open_runner(found.files, len(found.labels.labels))
    _try(found, runner)
    return OtherModel(found, runner, rest, f"{_version(found)}+{rest.version}")


@dataclass(frozen=True)
class OtherModel:
    """Somebody else's model, and ours for the rest. Implements `triage.reading.model.Model`."""

    found: Found
    runner: Runner
    rest: Model
    version: str

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which probability on an intent counts: COUNTS_FROM for those the other model says."""
        return {**self.rest.thresholds, **{word: COUNTS_FROM for word in self.found.labels.said if word in INTENTS}}

    @property
    def calibration(self) -> tuple[float, float]:
        """Scale and shift of the logit of `needs_reply`: the shipped model's, who says it."""
        return self.rest.calibration

    def trust(self, language: str) -> float:
        """Whole where the other model says the sentiment, whatever the language; else as far as the shipped one's."""
        return 1.0 if set(self.found.labels.said) & set(SENTIMENTS) else self.rest.trust(language)

    def read(self, normalised: Sequence[str], languages: Sequence[str]) -> Said:
        """What both say together. A text without a single token is left to the shipped model alone.

        Errors: FloatingPointError where the model has no number for a text; what its runtime raises.
        """
        ours = self.rest.read(normalised, languages)
        places, logits = self.runner.logits(normalised)
        if not len(places):
            return ours
        if not _all_numbers(logits):
            raise FloatingPointError(f"QUARTERDECK_MODEL: {self.found.name} gave a text something that is no number.")
        columns = _columns(self.found, _probabilities(logits, several=self.found.several))
        joined = ours.probabilities.copy()
        joined[places] = _joined(columns, ours.probabilities[places], self.found.labels.said)
        return Said(joined, ours.irony, ours.embeddings)


def _joined(columns: NDArray[np.float64], ours: NDArray[np.float64], said: Sequence[str]) -> NDArray[np.float64]:
    """`ours` with the columns the other model says; the share it gives to no sentiment is dealt out as ours would."""
    import numpy as np  # here, because importing this room must stay cheap

    joined, three = ours.copy(), len(SENTIMENTS)
    for place, word in enumerate(WORDS[three:], three):
        if word in said:
            joined[:, place] = np.minimum(columns[:, place], 1)
    if set(said) & set(SENTIMENTS):
        meant = columns[:, :three].sum(axis=1, keepdims=True)
        share = columns[:, :three] / np.maximum(meant, 1) + np.maximum(1 - meant, 0) * ours[:, :three]
        joined[:, :three] = share / share.sum(axis=1, keepdims=True)
    return joined


def _columns(found: Found, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities of labels added up into a column for each of WORDS."""
    import numpy as np  # here, for the same reason

    means = np.array([[word in words for word in WORDS] for words in found.labels.meanings], np.float64)
    return probabilities @ means


def _probabilities(logits: NDArray[np.float64], *, several: bool) -> NDArray[np.float64]:
    import numpy as np  # here, for the same reason

    if several:
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -60, 60))))
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(share / share.sum(axis=1, keepdims=True))


def _several(config: Mapping[str, Any], outputs: int) -> bool:
    """Whether labels hold beside each other, by `problem_type`, as transformers has it."""
    told = config.get("problem_type")
    if told == "multi_label_classification":
        return True
    if told == "regression" or outputs == 1:
        raise ModelRefused(
            "QUARTERDECK_MODEL gives one number, no labels. If it is the logit of a yes or no, write "
            '"problem_type": "multi_label_classification" into its config.json; else choose a model with labels.'
        )
    return False


def _try(found: Found, runner: Runner) -> None:
    """Let the model read a few texts and one as long as it can; refuse one whose answers cannot be meant."""
    where = found.files.folder
    try:
        _, logits = runner.logits([*TRIED, "again " * runner.words.longest])
    except ModelRefused:
        raise
    except Exception as error:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {where} broke on a text ({type(error).__name__}): its tokenizer is perhaps another "
            'model\'s, or "model_max_length" in its tokenizer_config.json is too large. Copy the model again.'
        ) from error
    if not len(logits) or not _all_numbers(logits):
        raise ModelRefused(f"QUARTERDECK_MODEL: {where} gives no numbers for plain texts: copy the model again.")
    _check_answers(found, logits)


def _check_answers(found: Found, logits: NDArray[np.float64]) -> None:
    import numpy as np  # here, for the same reason

    if np.ptp(logits, axis=0).max() < 1e-6:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {found.files.folder} gives every text the same answer: its tokenizer is another "
            "model's, or it was never trained. Copy the model again, or choose another."
        )
    shares = (logits >= 0).all() and np.allclose(logits.sum(axis=1), 1, atol=1e-3)
    if shares and not found.several:
        raise ModelRefused(
            f"QUARTERDECK_MODEL: {found.files.folder} already ends in a softmax; export it so that it gives logits, as "
            "optimum-cli does."
        )


def _all_numbers(logits: NDArray[np.float64]) -> bool:
    import numpy as np  # here, for the same reason

    return bool(np.isfinite(logits).all())


def _version(found: Found) -> str:
    """Changes with the name, every file and the meaning of every label. Holds no path: it is shown and exported."""
    files = {
        "name": found.name,
        "files": found.files.sha256(),
        "means": found.labels.meanings,
        "several": found.several,
    }
    checksum = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    short = re.sub(r"[^\w.@-]+", "-", Path(found.name).name or "model")[:60]
    return f"{short}-{checksum[:8]}"
