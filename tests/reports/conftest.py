"""Waits made by hand: `wait(answered=90)` began at NOON and was answered 90 minutes later. All times are minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from models.values import Band, Platform, WaitEnd
from reports.waits import WaitRow

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MakeWait = Callable[..., WaitRow]


def minute(value: float) -> datetime:
    return NOON + timedelta(minutes=value)


@pytest.fixture
def wait() -> MakeWait:
    """Make a wait: `at` it began, `stored` with us, `claimed`, and one of its ends in minutes; the rest by name."""
    ids = count(1)

    def make(
        at: float = 0,
        *,
        stored: float | None = None,
        claimed: float | None = None,
        answered: float | None = None,
        ended: tuple[WaitEnd, float] | None = None,
        **facts: Any,
    ) -> WaitRow:
        end = (WaitEnd.ANSWERED, answered) if answered is not None else ended
        number = next(ids)
        told: dict[str, Any] = {
            "wait_id": number,
            "conversation_id": number,
            "brand_id": 1,
            "brand": "Tarnbrook",
            "platform": Platform.X,
            "external_id": str(1000 + number),
            "band": Band.NORMAL,
            "started_at": minute(at),
            "stored_at": minute(at if stored is None else stored),
            "claimed_at": None if claimed is None else minute(claimed),
            "end": end[0] if end else None,
            "ended_at": minute(end[1]) if end else None,
            "target_seconds": 4 * 3600,
        }
        return WaitRow(**(told | facts))

    return make
