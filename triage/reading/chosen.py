"""TRIAGE, reading: which model reads.

In come the settings; out goes the shipped model or the one that QUARTERDECK_MODEL names. Opened once and kept; a
refusal is kept for a minute, so that a hub that is down does not hold up every reading.
"""

from __future__ import annotations

import threading
import time
from functools import lru_cache

from settings import settings
from triage.reading.model import Model
from triage.unavailable import ModelUnavailable

REFUSED_SECONDS = 60.0

_opening = threading.Lock()
_refused: dict[tuple[str, str], tuple[float, ModelUnavailable]] = {}
"""When a model was refused (monotonic seconds), and why."""


def chosen_model() -> Model:
    """The model of the settings, opened at the first call. Errors: WeightsDamaged, ModelRefused."""
    told = settings()
    named = (told.model, told.model_labels)
    with _opening:
        at, why = _refused.get(named, (0.0, None))
        if why is not None and time.monotonic() - at < REFUSED_SECONDS:
            raise why
        try:
            return _open(*named)
        except ModelUnavailable as error:
            _refused[named] = time.monotonic(), error
            raise


@lru_cache(maxsize=2)
def _open(name: str, labels: str) -> Model:
    from triage.reading.shipped import shipped  # here, because importing this room must stay cheap

    if not name:
        return shipped()
    from triage.reading.other import open_model  # here, because hardly anybody needs it

    return open_model(name, labels, rest=shipped())
