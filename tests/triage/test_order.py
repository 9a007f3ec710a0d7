"""TESTS: whatever order posts arrive in, and whichever way, they lead to the same conversations and waits."""

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from listeners.post import Post
from models import Author, Conversation, Mention, Placement, Thread, Wait
from models.database import Database
from models.values import Platform
from reports.export import as_json
from reports.query import report_response_times
from tests.conftest import NOON
from tests.house import arrive, make_brand, post

HOUR = 60.0


def outcome(database: Database) -> dict[str, Any]:
    """Conversations by author and thread, their waits and the place of every post, without our own numbers."""
    with database.reading() as session:
        names = {
            c: f"{platform}/{thread}/{handle}"
            for c, platform, thread, handle in session.exec(
                select(Conversation.id, Thread.platform, Thread.external_id, Author.handle_key)
                .join(Thread, col(Thread.id) == Conversation.thread_id)
                .join(Author, col(Author.id) == Conversation.author_id)
            )
        }
        posts = {m.id: m.external_id for m in session.exec(select(Mention))}
        waits = [
            (names[w.conversation_id], posts[w.first_mention_id], w.started_at, w.end, w.ended_at,
             posts.get(w.answer_id), w.history, w.needs_answer)
            for w in session.exec(select(Wait))
        ]  # fmt: skip
        copies = {
            names[c.id]: (c.mentions, c.waiting_since, c.last_mention_at, c.needs_answer, c.due_at)
            for c in session.exec(select(Conversation))
        }
        places = {
            posts[p.mention_id]: (names.get(p.conversation_id), p.ambiguous, p.history)
            for p in session.exec(select(Placement))
        }
        assert len(set(names.values())) == len(names)
        return {"waits": sorted(map(str, waits)), "conversations": copies, "places": places}


def report(database: Database) -> dict[str, Any]:
    """The report of everything, as a program reads it."""
    with database.reading() as session:
        found = report_response_times(session, needs_answer_only=False, until=NOON + timedelta(days=1))
        return json.loads(json.dumps(as_json(found.times)))  # type: ignore[no-any-return]


# ---------------------------------------------------------------- random stories

PEOPLE = ("marta", "jo", "kim", "acme")


@st.composite
def stories(draw: st.DrawFn) -> list[Post]:
    """Up to ten posts in one or two threads; parents before, unknown or none, threads told or not, clocks astray."""
    made: list[Post] = []
    thread_of: dict[str, str] = {}
    for number in range(draw(st.integers(2, 10))):
        external_id = f"{10 + number}"
        parent = draw(st.sampled_from([None, *(p.external_id for p in made), "gone"]))
        root = thread_of.get(parent or "", parent or external_id)
        thread_of[external_id] = root
        told = draw(st.booleans()) and root != "gone"
        made.append(
            post(
                external_id,
                draw(st.sampled_from(PEOPLE)),
                number - draw(st.sampled_from([0, 0, 0, 3])),
                to=parent,
                thread=root if told else None,
                author_id=None,
            )
        )
    return made


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Any:
    """A new embedded database with one brand, as often as asked."""
    folder = tmp_path_factory.mktemp("order")
    counter = iter(range(10**6))

    def make() -> tuple[Database, int]:
        path = folder / f"{next(counter)}.sqlite"
        path.write_bytes(sqlite_template.read_bytes())
        database = Database(f"sqlite:///{path}")
        return database, make_brand(database)

    return make


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories(), data=st.data())
def test_any_order_in_any_parts_gives_what_all_at_once_gives(
    fresh: Any, story: list[Post], data: st.DataObject
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
