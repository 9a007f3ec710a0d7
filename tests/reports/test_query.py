import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from models import Author, Brand, Conversation, Event, Mention, Thread, User, Wait
from models.database import Database
from models.values import Band, Platform, Resolution, Role, Status, WaitEnd
from reports.export import as_csv, as_json
from reports.query import CLAIMS, LETTING_GO, Report, report_response_times, wait_rows
from reports.waits import Parts, WaitRow, parts
from tests.house import arrive, make_brand, post
from tests.reports.conftest import minute
from tests.triage.by_hand import read
from triage.history import By
from triage.verbs import assign, claim, release, unassign

U = minute(600)


class World:
    """A database in which waits can be put; every wait has a person, a thread and a conversation of its own."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1)
        self.brand = self.add(Brand(name="Tarnbrook", timezone="Europe/Berlin"))
        self.ana = self.add(User(email="ana@example.com", role=Role.AMBASSADOR, password_hash=""))

    def add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    def wait(
        self, at: float = 0, *, brand: Brand | None = None, talk: dict[str, Any] | None = None, **facts: Any
    ) -> Wait:
        number = str(next(self.numbers))
        brand_id: int = (brand or self.brand).id  # type: ignore[assignment]
        author = self.add(Author(platform=Platform.X, key=f"id:{number}", handle=number, handle_key=number))
        thread = self.add(Thread(brand_id=brand_id, platform=Platform.X, external_id=number))
        mention = self.add(
            Mention(platform=Platform.X, external_id=f"=1+{number}", author_id=author.id, text="", posted_at=minute(at),
                    thread_key=number)
        )  # fmt: skip
        conversation = self.add(
            Conversation(brand_id=brand_id, platform=Platform.X, thread_id=thread.id, author_id=author.id,
                         **({"status": Status.OPEN} | (talk or {})))
        )  # fmt: skip
        told: dict[str, Any] = {"stored_at": minute(at), "band": Band.HIGH, "target_seconds": 3600, "needs_reply": 0.9}
        wait: Wait = self.add(
            Wait(conversation_id=conversation.id, brand_id=brand_id, first_mention_id=mention.id, started_at=minute(at),
                 **(told | facts))
        )  # fmt: skip
        return wait

    def answered(self, at: float, after: float, **facts: Any) -> Wait:
        return self.wait(at, end=WaitEnd.ANSWERED, ended_at=minute(at + after), **facts)

    def event(self, wait: Wait, verb: str, at: float) -> None:
        self.add(Event(at=minute(at), conversation_id=wait.conversation_id, verb=verb))


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with database.writing() as session:
        yield World(session)


def rows_of(world: World, **options: Any) -> list[WaitRow]:
    return wait_rows(world.session, brand_ids=[world.brand.id], **options)


def report_of(world: World, **options: Any) -> Report:
    return report_response_times(world.session, until=U, **options)


def test_a_row_holds_what_the_database_holds_with_aware_times(world: World) -> None:
    wait = world.answered(3, 20, stored_at=minute(5))
    assert rows_of(world) == [
        WaitRow(
            wait_id=wait.id or 0,
            conversation_id=wait.conversation_id,
            brand_id=world.brand.id,
            brand="Tarnbrook",
            platform=Platform.X,
            external_id="=1+1",
            band=Band.HIGH,
            started_at=minute(3),
            stored_at=minute(5),
            ended_at=minute(23),
            end=WaitEnd.ANSWERED,
            target_seconds=3600,
        )
    ]
    assert rows_of(world)[0].dismissed_as_no_answer is False  # and not 0


def test_followers_are_those_of_the_first_mention_else_the_authors(world: World) -> None:
    known, changed, untold = (world.answered(n, 5) for n in range(3))
    for wait, found, newest in ((known, 0, 5_000), (changed, None, 70), (untold, None, None)):
        mention = world.session.get_one(Mention, wait.first_mention_id)
        mention.followers = found
        world.session.get_one(Author, mention.author_id).followers = newest
    world.session.flush()
    assert [row.followers for row in rows_of(world)] == [0, 70, None]
    lines = list(csv.DictReader(StringIO("".join(as_csv(rows_of(world), U)))))
    assert [line["followers"] for line in lines] == ["0", "70", ""]


def test_an_empty_database_gives_an_empty_report(database: Database) -> None:
    with database.reading() as session:
        report = report_response_times(session, until=U)
    assert (report.times.waits, report.times.zone.key, report.rows) == (0, "UTC", [])


def test_all_waits_are_read_in_one_statement(world: World) -> None:
    for number in range(7):
        world.answered(number, 5)
    statements: list[str] = []
    world.session.flush()
    engine = world.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    assert len(rows_of(world)) == 7
    assert len(statements) == 1


# ---------------------------------------------------------------- which claim holds


def claimed(world: World, *history: tuple[str, float]) -> datetime | None:
    wait = world.answered(0, 60)
    for verb, at in history:
        world.event(wait, verb, at)
    return rows_of(world)[0].claimed_at


def test_the_newest_claim_before_the_answer_holds(world: World) -> None:
    assert claimed(world, ("claimed", 10), ("escalated", 15), ("assigned", 20), ("snoozed", 30)) == minute(20)


def test_a_claim_that_was_let_go_holds_no_more(world: World) -> None:
    assert claimed(world, ("claimed", 10), ("released", 20)) is None


def test_letting_go_after_the_answer_changes_nothing(world: World) -> None:
    assert claimed(world, ("claimed", 10), ("released", 61)) == minute(10)


def test_a_claim_after_the_answer_is_no_claim(world: World) -> None:
    assert claimed(world, ("claimed", 61)) is None


def test_taken_again_counts_from_the_second_time(world: World) -> None:
    assert claimed(world, ("claimed", 10), ("unassigned", 20), ("claimed", 30)) == minute(30)


def test_the_claim_splits_queue_from_handling(world: World) -> None:
    wait = world.answered(0, 60, stored_at=minute(5))
    world.event(wait, "claimed", 25)
    assert parts(rows_of(world)[0], U) == Parts(lag=300, queue=1200, handling=2100)


def test_the_verbs_of_triage_write_the_events_the_report_looks_for(world: World) -> None:
    wait = world.wait()
    manager = By(at=minute(1), user_id=world.ana.id, role=Role.MANAGER)
    claim(world.session, wait.conversation_id, by=manager)
    release(world.session, wait.conversation_id, by=manager)
    assign(world.session, wait.conversation_id, world.ana.id, by=manager)
    unassign(world.session, wait.conversation_id, by=manager)
    world.session.flush()
    verbs = [e.verb for e in world.session.exec(select(Event))]
    assert sorted(verbs) == sorted(CLAIMS + LETTING_GO)


# ---------------------------------------------------------------- who is counted


def test_what_needs_no_answer_is_left_out_unless_all_are_asked_for(world: World) -> None:
    world.wait(needs_answer=False)
    world.wait()
    assert len(rows_of(world)) == 1
    assert report_of(world).times.waits == 1
    assert report_of(world, needs_answer_only=False).times.waits == 2


def test_those_that_run_at_a_moment_are_found_alone_whenever_they_began(world: World) -> None:
    rival = world.add(Brand(name="Rival", timezone="UTC", competitor=True))
    old, later = world.wait(-100_000), world.answered(5, 100)
    world.answered(6, 1)
    world.wait(7, needs_answer=False)
    world.wait(0, brand=rival)
    assert [row.wait_id for row in rows_of(world, running_at=minute(60))] == [old.id, later.id]
    assert [row.wait_id for row in rows_of(world, running_at=minute(200))] == [old.id]


def test_a_correction_by_dismissing_is_printed_beside_the_waits(world: World) -> None:
    gone: dict[str, Any] = {"end": WaitEnd.DISMISSED, "ended_at": minute(5)}
    world.wait(needs_answer=False, needs_answer_said=False, **gone)
    world.wait(**gone)
    times = report_of(world).times
    assert (times.waits, times.ended_unanswered, times.dismissed) == (1, 1, 1)


@pytest.mark.parametrize(
    ("reason", "beside"),
    [
        (Resolution.ANSWERED_PRIVATELY, 1),
        (Resolution.NO_ANSWER, 1),
        (Resolution.HISTORY, 0),
        (Resolution.ANSWERED, 0),
    ],
)
def test_only_a_person_can_resolve_unanswered(world: World, reason: Resolution, beside: int) -> None:
    world.wait(talk={"status": Status.RESOLVED, "resolution": reason})
    times = report_of(world).times
    assert (times.waiting, times.resolved_unanswered) == (1, beside)


def test_unread_is_neither_read_nor_said_by_a_person(world: World) -> None:
    world.wait(0, needs_reply=None)
    world.wait(1, needs_reply=None, needs_answer_said=True)
    world.wait(2, needs_reply=0.0, needs_answer_said=True)
    assert [r.not_read for r in rows_of(world)] == [True, False, False]


def test_a_later_mention_that_nothing_has_read_makes_its_wait_unread_and_no_other(database: Database) -> None:
    acme = make_brand(database)
    arrive(database, acme, [post("1", "marta", 0, thread="t")], 1)
    read(database, acme, {"1": ("chatter", 0.1, 0.05)}, 2)

    def told(until: float) -> list[tuple[float, bool]]:
        with database.reading() as session:
            rows = report_response_times(session, until=minute(until), needs_answer_only=False).rows
        return [((row.started_at - minute(0)).total_seconds() / 60, row.not_read) for row in rows]

    assert told(2) == [(0, False)]
    arrive(database, acme, [post("2", "marta", 3, thread="t")], 4)
    assert told(5) == [(0, True)]
    with database.reading() as session:
        times = report_response_times(session, until=minute(5)).times
    assert (times.waits, times.not_read) == (1, 1)
    read(database, acme, {"2": ("chatter", 0.1, 0.05)}, 6)
    assert told(6) == [(0, False)]
    arrive(database, acme, [post("3", "acme", 7, to="2", thread="t"), post("4", "marta", 9, to="3", thread="t")], 10)
    assert told(11) == [(0, False), (9, True)]


def test_a_competitors_waits_are_in_no_report_of_ours(world: World) -> None:
    rival = world.add(Brand(name="Rival", competitor=True))
    world.wait(brand=rival)
    assert report_of(world).times.waits == 0
    assert report_of(world, brand_ids=[rival.id]).times.waits == 1


def test_an_unknown_brand_is_refused_with_what_to_do(world: World) -> None:
    with pytest.raises(ValueError, match="brand list"):
        report_of(world, brand_ids=[world.brand.id, 4711])


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_day_of_23_or_25_hours_is_taken_whole_and_nothing_beside(
    world: World, day: date, first: datetime, last: datetime
) -> None:
    inside = [(moment - minute(0)).total_seconds() / 60 for moment in (first, last)]
    for at in (inside[0] - 1 / 60, *inside, inside[1] + 1 / 60):
        world.wait(at)
    report = report_response_times(world.session, from_=day, to=day, until=datetime(2027, 1, 1, tzinfo=UTC))
    assert [r.started_at for r in report.rows] == [first, last]
    assert [(d.day, d.waits) for d in report.times.days] == [(day, 2)]


def test_the_report_is_in_the_zone_of_the_brand(world: World) -> None:
    world.wait()
    assert report_of(world).times.zone == ZoneInfo("Europe/Berlin")
    assert as_json(report_of(world).times)["timezone"] == "Europe/Berlin"


def test_the_csv_of_a_report_lists_its_waits_and_runs_nothing(world: World) -> None:
    world.answered(0, 5)
    world.wait()
    report = report_of(world)
    lines = list(as_csv(report.rows, report.times.until))
    assert len(lines) == 1 + report.times.waits
    assert all(",'=1+" in line for line in lines[1:])
