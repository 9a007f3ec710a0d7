"""LISTEN, X: in a storm of faults, kills, crowds and late posts, what was saved in the end is what the platform had."""

import random
from datetime import timedelta
from typing import Any

import pytest

from listeners.errors import ListenerError
from listeners.post import Cursor
from models.values import SourceKind
from tests.listeners.x_server import Reply, TinyX, listener, serving

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TROUBLE = [
    Reply(503, "busy"),
    Reply(429, ""),
    Reply(200, "<html>"),
    Reply(200, [], trouble="cut"),
    Reply(403, '["x"]'),
]


def write(x: TinyX, dice: random.Random, ago: timedelta, number: int) -> str:
    """One post, now and then in the same second as others, or a little below those already seen."""
    shift = dice.choice([timedelta(0), dice.randint(0, 90) * SECOND])
    return x.add(ago + shift, number=number)


def trouble(dice: random.Random) -> list[Reply | None]:
    return [dice.choice([None, None, dice.choice(TROUBLE)]) for _ in range(dice.randint(0, 6))]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", [SourceKind.X_SEARCH, SourceKind.X_MENTIONS])
def test_a_storm_ends_with_exactly_the_platforms_set(seed: int, kind: SourceKind) -> None:
    dice = random.Random(f"{seed} {kind}")
    written: set[str] = set()
    saved: set[str] = set()
    cursor: Cursor | None = None
    with serving(TinyX(jumbled=True, ahead=dice.choice([0, -187, 60]) * MINUTE)) as x:

        def poll(**more: Any) -> bool:
            """One fetch; what it brings is saved with its cursor, or, if the process dies here, not at all."""
            nonlocal cursor, saved
            try:
                batch = listener(x, kind, "tarnbrook", **more).fetch(cursor)
            except ListenerError:
                return False
            if dice.random() < 0.8:
                saved |= {post.external_id for post in batch.posts}
                cursor = batch.cursor if batch.cursor is not None else cursor
            return batch.more

        for round_ in range(8):
            ago = timedelta(hours=5) - round_ * 5 * MINUTE
            crowd = dice.choice([0, 3, 40, 150])
            written |= {write(x, dice, ago, round_ * 1000 + n) for n in range(crowd)}
            x.script = trouble(dice)
            poll(pages=dice.randint(1, 3), budget=dice.choice([0.3, 1.0, 50.0]))
        x.script = []
        for _ in range(200):
            poll(pages=2)
            if saved == written:
                break
        assert saved == written
