"""TESTS: what a database has come to, in words that do not depend on the order in which it came to it."""

import json
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from models import Author, Conversation, Mention, Placement, Thread, Wait
from models.database import Database
from reports.export import as_json
from reports.query import report_response_times
from tests.conftest import NOON


def outcome(database: Database) -> dict[str, Any]:
    """Conversations by author and thread, their waits and the place of every post, without our own numbers.

    Whether something is history is left out: that is about how it was come by.
    """
    with database.reading() as session:
        names = {
            c: f"{platform}/{thread}/{handle}"
            for c, platform, thread, handle in session.exec(
                select(Conversation.id, Thread.platform, Thread.external_id, Author.handle_key)
                .join(Thread, col(Thread.id) == Conversation.thread_id)
                .join(Author, col(Author.id) == Conversation.author_id)
            )
        }
        posts = {m.id: f"{m.platform}/{m.external_id}" for m in session.exec(select(Mention))}
        waits = [
            (names[w.conversation_id], posts[w.first_mention_id], w.started_at, w.end, w.ended_at,
             posts.get(w.answer_id), w.needs_answer)
            for w in session.exec(select(Wait))
        ]  # fmt: skip
        copies = {
            names[c.id]: (c.mentions, c.waiting_since, c.last_mention_at, c.needs_answer, c.due_at)
            for c in session.exec(select(Conversation))
        }
        places = {
            posts[p.mention_id]: (names.get(p.conversation_id), p.ambiguous) for p in session.exec(select(Placement))
        }
        assert len(set(names.values())) == len(names)
        return {"waits": sorted(map(str, waits)), "conversations": copies, "places": places}


def report(database: Database) -> dict[str, Any]:
    """The report of everything, as a program reads it."""
    with database.reading() as session:
        found = report_response_times(session, needs_answer_only=False, until=NOON + timedelta(days=1))
        return json.loads(json.dumps(as_json(found.times)))  # type: ignore[no-any-return]
