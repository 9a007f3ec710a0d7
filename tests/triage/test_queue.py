import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlmodel import Session, col, select

from models import Author, Conversation, Thread
from models.database import Database
from models.values import Band, Dismissal, Platform, Resolution
from settings import Settings
from tests.conftest import NOON
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.triage.by_hand import read
from triage.queue import VIEWS, Place, Row, backlog, count, page, page_query
from triage.verbs import claim, dismiss, escalate, resolve, set_band, snooze

CROWD = 120


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


def rows(
    session: Session, view: str = "needs-answer", *, minutes: float = 600, brand_id: int | None = None
) -> list[Row]:
    return page(session, now=at(minutes), settings=Settings(), view=view, brand_id=brand_id, limit=None)


def crowd(database: Database, brand_ids: list[int], seed: int) -> None:
    """Conversations in every state, with many ties in rank and in waiting since."""
    dice = random.Random(seed)
    with database.writing() as session:
        session.execute(insert(Thread), [
            {"id": n, "brand_id": dice.choice(brand_ids), "platform": "x", "external_id": str(n), "title": "",
             "url": "", "comments_url": "", "failures": 0}
            for n in range(1, CROWD + 1)
        ])  # fmt: skip
        session.execute(insert(Author), [
            {"id": n, "platform": "x", "handle": f"a{n}", "handle_key": f"a{n}", "key": f"a{n}", "name": ""}
            for n in range(1, 4)
        ])  # fmt: skip
        brands = dict(session.exec(select(Thread.id, Thread.brand_id)).all())
        session.execute(insert(Conversation), [_conversation(dice, n, brands[n]) for n in range(1, CROWD + 1)])


def _conversation(dice: random.Random, n: int, brand_id: int) -> dict[str, object]:
    rank = dice.choice([40, 41, 90])
    waiting = dice.random() < 0.8
    return {
        "brand_id": brand_id, "platform": "x", "thread_id": n, "author_id": dice.randint(1, 3), "created_at": NOON,
        "status": dice.choice(["new", "open", "open", "open", "snoozed", "resolved", "dismissed"]),
        "mentions": 1, "waiting_since": at(dice.choice([0, 0, 1, 2])) if waiting else None,
        "needs_answer": dice.random() < 0.8, "band": dice.choice([None, "urgent", "low"]),
        "escalated_at": dice.choice([None, NOON]), "priority": 100 - rank, "rank": rank,
        "reasons": {"severity": 100 - rank}, "least_sure": dice.choice([None, 0.2, 0.2, 0.31, 0.4]),
    }  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_pages_of_any_size_together_are_the_whole_view_without_holes_or_repeats(
    database: Database, acme: int, view: str
) -> None:
    other = make_brand(database, "Zenith")
    crowd(database, [acme, other], seed=len(view))
    dice = random.Random(view)
    with database.reading() as session:
        for brand_id in (None, acme):
            whole = [r.id for r in rows(session, view, brand_id=brand_id)]
            assert whole
            assert [r.id for r in walk(session, view, brand_id, dice)] == whole


def walk(session: Session, view: str, brand_id: int | None, dice: random.Random) -> list[Row]:
    found: list[Row] = []
    after: Place | None = None
    for _ in range(CROWD + 1):
        more = page(session, now=at(600), settings=Settings(), view=view, brand_id=brand_id,
                    limit=dice.randint(1, 9), after=after)  # fmt: skip
        if not more:
            return found
        found += more
        after = more[-1].place
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("view", ["needs-answer", "unassigned", "not-read", "urgent", "no-answer-needed"])
def test_equals_are_ordered_by_who_has_waited_longest(database: Database, acme: int, view: str) -> None:
    crowd(database, [acme], seed=3)
    with database.reading() as session:
        keys = [(100 - r.priority, r.waiting_since or NOON, r.id) for r in rows(session, view)]
        assert keys == sorted(keys)


def test_the_least_sure_stands_first_in_the_review_view(database: Database, acme: int) -> None:
    crowd(database, [acme], seed=3)
    with database.reading() as session:
        places = [(r.place[3] or 1.0, r.id) for r in rows(session, "review")]
        assert places == sorted(places)
        assert len({doubt for doubt, _ in places}) > 1


def test_each_view_holds_what_it_says(database: Database, acme: int) -> None:
    crowd(database, [acme], seed=5)
    with database.reading() as session:
        everything = {c.id: c for c in session.exec(select(Conversation))}
        live = {i for i, c in everything.items() if c.status in ("new", "open")}
        waits = {i for i, c in everything.items() if c.waiting_since}
        needs = {i for i, c in everything.items() if c.needs_answer} & waits & live
        free = {i for i, c in everything.items() if c.assignee_id is None}
        expected = {
            "needs-answer": needs,
            "unassigned": needs & free,
            "urgent": needs & free & {i for i, c in everything.items() if c.band == Band.URGENT},
            "not-read": needs & {i for i, c in everything.items() if c.band is None},
            "review": live & {i for i, c in everything.items() if c.least_sure is not None},
            "no-answer-needed": (waits & live) - needs,
            "answered": live - waits,
            "escalated": live & {i for i, c in everything.items() if c.escalated_at},
            "open": live,
            "all": set(everything),
        } | {s: {i for i, c in everything.items() if c.status == s} for s in ("snoozed", "resolved", "dismissed")}
        assert expected == {view: {r.id for r in rows(session, view)} for view in VIEWS}
        assert backlog(session) == len(needs)
        assert backlog(session, 99) == 0


@pytest.mark.parametrize("view", [v.name for v in VIEWS.values() if v.queue])
@pytest.mark.parametrize("place", [None, (50, NOON, 7, 0.3)])
@pytest.mark.parametrize("brand_id", [None, 1])
def test_the_queue_walks_its_index_and_sorts_nothing(
    database: Database, acme: int, view: str, place: Place | None, brand_id: int | None
) -> None:
    crowd(database, [acme], seed=7)
    query = page_query(VIEWS[view], NOON, brand_id, place).limit(20)
    words = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    with database.writing() as session:
        if not database.is_sqlite:
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")  # a small table is read whole
            session.connection().exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        plan = explain(session, words, query)
    assert "ix_conversation_queue" in plan
    assert "ORDER BY" not in plan
    assert "Sort" not in plan
    if place:
        assert "(rank,waiting_since)>" in plan or "Index Cond: (ROW(rank, waiting_since, id) > " in plan


@pytest.mark.parametrize("place", [None, (50, None, 7, 0.3)])
def test_the_review_view_walks_its_own_index(database: Database, acme: int, place: Place | None) -> None:
    crowd(database, [acme], seed=7)
    query = page_query(VIEWS["review"], NOON, None, place).limit(20)
    with database.writing() as session:
        if not database.is_sqlite:
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
            session.connection().exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        plan = explain(session, "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN ", query)
    assert "ix_conversation_review" in plan
    assert "ORDER BY" not in plan
    assert "Sort" not in plan


def explain(session: Session, words: str, query: object) -> str:
    """The plan of the very statement that is sent, with its values."""
    compiled = query.compile(session.get_bind(), compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]
    processors = compiled._bind_processors
    values = {n: processors[n](v) if n in processors else v for n, v in compiled.params.items()}
    told = tuple(values[n] for n in compiled.positiontup) if compiled.positional else values
    return "\n".join(str(row[-1]) for row in session.connection().exec_driver_sql(words + str(compiled), told))


# ---------------------------------------------------------------- whole rows


def test_a_row_shows_who_said_what_and_how_it_can_be_answered(database: Database, acme: int) -> None:
    cast = make_cast(database)
    said = post("1", "marta", 0, "is it safe?", mentioned=("acme",), followers=1200)
    arrive(database, acme, [said], 1)
    read(database, acme, {"1": ("crisis", 0.9, 0.9)}, 2)
    with database.writing() as session:
        claim(session, conversation_of(session, "marta").id or 0, by=by(cast, "ana", 3))
    with database.reading() as session:
        (row,) = rows(session, minutes=4)
        assert (row.brand, row.platform, row.author, row.followers) == ("Acme", "x", "marta", 1200)
        assert (row.text, row.sentiment, row.intent, row.needs_reply) == ("is it safe?", "negative", "crisis", 0.9)
        assert (row.band, row.status, row.assignee, row.mentions) == ("urgent", "open", "ana@example.org", 1)
        assert (row.waiting_since, row.due_at) == (at(0), at(30))
        assert sum(row.reasons.values()) == row.priority
        assert row.answerable.how == "hand_off"


def test_what_is_new_is_left_to_the_reading_for_a_minute_and_then_shown(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0)], 1)
    with database.reading() as session:
        for view in ("needs-answer", "unassigned", "not-read"):
            assert rows(session, view, minutes=1.9) == []
            assert [r.author for r in rows(session, view, minutes=2)] == ["marta"]


def test_a_row_shows_the_first_post_that_still_stands_and_can_be_answered_by_any(database: Database, acme: int) -> None:
    two = [post("1", "marta", 0, "first"), post("2", "marta", 1, "second", thread="1", mentioned=("acme",))]
    arrive(database, acme, two, 2)
    arrive(database, acme, [post("1", "", 0, deleted=True)], 3)
    with database.reading() as session:
        (row,) = rows(session)
        assert (row.text, row.answerable.how) == ("second", "hand_off")
        assert "No X keys" in row.answerable.reason  # summoned by the second post, though the first is gone
    arrive(database, acme, [post("2", "", 0, deleted=True)], 4)
    with database.reading() as session:
        (row,) = rows(session, "all")
        assert (row.text, row.answerable.how, row.waiting_since) == ("", "no", None)


def test_a_quote_of_a_post_of_ours_summons_us(database: Database, acme: int) -> None:
    arrive(database, acme, [post("9", "acme", 0, "our news"), replace(post("1", "marta", 1), quoted_id="9")], 2)
    arrive(database, acme, [replace(post("2", "jo", 1), quoted_id="8")], 2)
    with database.reading() as session:
        assert {r.author: "did not mention" in r.answerable.reason for r in rows(session)} == {
            "marta": False,
            "jo": True,
        }


def test_a_competitors_mentions_are_never_queued(database: Database) -> None:
    rival = make_brand(database, "Rival", competitor=True)
    arrive(database, rival, [post("1", "marta", 0)], 1)
    read(database, rival, {"1": ("question", 0.2, 0.9)}, 2)
    with database.reading() as session:
        for view in ("needs-answer", "unassigned", "urgent", "not-read"):
            assert rows(session, view) == []
        assert backlog(session) == 0
        assert [r.author for r in rows(session, "all")] == ["marta"]


def test_every_view_follows_what_people_do(database: Database, acme: int) -> None:
    cast = make_cast(database)
    people = ("marta", "jo", "kim", "lee", "sam", "pat")
    arrive(database, acme, [post(n, n, 0) for n in people], 1)
    with database.writing() as session:
        ids = {n: conversation_of(session, n).id or 0 for n in people}
        ana = by(cast, "ana", 2)
        claim(session, ids["marta"], by=ana)
        set_band(session, ids["jo"], Band.URGENT, by=ana)
        snooze(session, ids["kim"], at(90), by=ana)
        resolve(session, ids["lee"], Resolution.NO_ANSWER, by=ana)
        dismiss(session, ids["sam"], Dismissal.SPAM, by=ana)
        escalate(session, ids["pat"], by=ana, why="press")
    with database.reading() as session:
        shown = {view: {r.author for r in rows(session, view)} for view in VIEWS}
    assert shown == {
        "needs-answer": {"marta", "jo", "pat"}, "unassigned": {"jo", "pat"}, "urgent": {"jo"},
        "not-read": {"marta", "pat"}, "no-answer-needed": set(), "answered": set(), "escalated": {"pat"},
        "snoozed": {"kim"}, "resolved": {"lee"}, "dismissed": {"sam"}, "open": {"marta", "jo", "pat"},
        "all": set(people), "review": set(),
    }  # fmt: skip


def test_the_statements_of_a_page_do_not_grow_with_it(database: Database, acme: int) -> None:
    arrive(database, acme, [post(str(n), f"p{n}", 0, mentioned=("acme",)) for n in range(60)], 1)
    counts = []
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    for limit in (2, 50):
        seen.clear()
        with database.reading() as session:
            assert len(page(session, now=at(60), settings=Settings(), limit=limit)) == limit
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def test_an_unknown_view_is_a_key_error(database: Database) -> None:
    with database.reading() as session, pytest.raises(KeyError):
        rows(session, "nonsense")


def test_a_place_of_a_view_where_nobody_waits_may_lack_its_time(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", 0), post("2", "acme", 5, to="1", thread="1")], 6)
    arrive(database, acme, [post("3", "jo", 0), post("4", "acme", 5, to="3", thread="3")], 6)
    with database.reading() as session:
        first, second = rows(session, "answered")
        assert first.place[1] is None
        after = page(session, now=at(60), settings=Settings(), view="answered", after=first.place)
        assert [r.id for r in after] == [second.id]


def test_waiting_that_earned_points_is_counted_against_the_target(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "marta", -60), post("2", "jo", -120)], 0)
    with database.reading() as session:
        assert [(r.author, r.reasons["waiting"]) for r in rows(session)] == [("jo", 10), ("marta", 5)]
        due = session.exec(select(Conversation.rescore_at).order_by(col(Conversation.id))).all()
        assert due == [at(-60) + timedelta(minutes=12 * 6), at(-120) + timedelta(minutes=12 * 11)]


def test_a_page_may_be_narrowed_to_whose_it_is_the_platform_or_some_of_them(database: Database, acme: int) -> None:
    cast = make_cast(database)
    arrive(
        database, acme, [post("1", "marta", 0), post("2", "jo", 1), post("3", "kim", 2, platform=Platform.REDDIT)], 3
    )
    with database.writing() as session:
        marta = conversation_of(session, "marta").id or 0
        claim(session, marta, by=by(cast, "ana", 5))

    def authors(session: Session, **narrow: Any) -> list[str]:
        return [r.author for r in page(session, now=at(60), settings=Settings(), view="open", **narrow)]

    with database.reading() as session:
        assert authors(session, assignee_id=cast["ana"]) == ["marta"]
        assert authors(session, assignee_id=cast["ben"]) == []
        assert authors(session, platform=Platform.REDDIT) == ["kim"]
        assert authors(session, among=[marta]) == ["marta"]
        assert authors(session, among=[]) == []
        assert (count(session, "open"), count(session, "open", cast["ana"])) == (3, 1)
        assert {r.author: r.assignee_name for r in rows(session, "open")} == {"marta": "Ana", "jo": None, "kim": None}
