"""TESTS: whatever order posts arrive in, and whichever way, they lead to the same conversations and waits."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listeners.post import Post
from models.database import Database
from tests.house import arrive, make_brand, post
from tests.outcomes import outcome, report

# ---------------------------------------------------------------- random stories

PEOPLE = ("marta", "jo", "kim", "acme")


@st.composite
def stories(draw: st.DrawFn) -> list[Post]:
    """Up to ten posts in one or two threads; parents before, unknown or none, threads told or not, clocks astray."""
    made: list[Post] = []
    thread_of: dict[str, str] = {}
    for number in range(draw(st.integers(2, 14))):
        external_id = f"{10 + number}"
        parent = draw(st.sampled_from([None, *(p.external_id for p in made), "gone"]))
        root = thread_of.get(parent or "", parent or external_id)
        thread_of[external_id] = root
        told = draw(st.booleans())
        who = draw(st.sampled_from(PEOPLE))
        author_id = f"id-{who}" if draw(st.booleans()) else None
        made.append(
            post(
                external_id,
                who,
                number - draw(st.sampled_from([0, 0, 0, 3])),
                to=parent,
                thread=root.replace("gone", "9") if told else None,
                author_id=author_id,
            )
        )
    return made


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Callable[[], tuple[Database, int]]:
    """A new embedded database with one brand, as often as asked."""
    folder = tmp_path_factory.mktemp("order")
    counter = iter(range(10**6))

    def make() -> tuple[Database, int]:
        path = folder / f"{next(counter)}.sqlite"
        path.write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{path}")
        return database, make_brand(database)

    return make


@settings(max_examples=350, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories(), data=st.data())
def test_any_order_in_any_parts_gives_what_all_at_once_gives(
    fresh: Callable[[], tuple[Database, int]], story: list[Post], data: st.DataObject
) -> None:
    at_once, brand = fresh()
    arrive(at_once, brand, story, 30)
    shuffled = data.draw(st.permutations(story))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(story) - 1), max_size=4)))
    parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(story)], strict=True)]
    in_parts, brand = fresh()
    for part in parts:
        arrive(in_parts, brand, part, 30)
    assert outcome(in_parts) == outcome(at_once)
    assert report(in_parts) == report(at_once)
    at_once.close()
    in_parts.close()
