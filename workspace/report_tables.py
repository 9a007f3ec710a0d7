"""WORKSPACE: the tables of the reports. Comes in: computed figures. Goes out: tables, for screen and export alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from models.values import Band, Platform
from reports.findings import PLATFORMS
from reports.groups import Group
from reports.promises import Promise, wilson
from reports.reach import WORDS, ReachGroup
from reports.response_times import ResponseTimes
from reports.table import spoken
from reports.volume import DayVolume
from reports.waiting import Said
from reports.waits import Outcome, WaitRow, duration, outcome
from workspace.tables import Column, Table

MOST_ROWS = 500
"""A list for people is no longer; who wants all of it takes the CSV of `quarterdeck report response-times`."""
HOUR = 3600

_TIMES = (
    Column("waits", "number"), Column("median", "length", none="not reached"),
    Column("median from", "length", none="unknown"), Column("median to", "length", none="unknown"),
    Column("still waiting", "number"), Column("answered", "number"), Column("within 1 h", "share", none="–"),
    Column("within target", "share", none="–"), Column("nine in ten", "length", none="not reached"),
    Column("answered alone", "length", none="–"),
)  # fmt: skip


def link(conversation_id: int | None) -> str | None:
    """The address of a conversation in the queue."""
    return None if conversation_id is None else f"/?conversation={conversation_id}"


def platform_table(groups: Sequence[Group[Platform]]) -> Table:
    """One row a platform."""
    return Table(
        (Column("platform"), *_TIMES), tuple((PLATFORMS[g.key], *_times(g.times)) for g in groups)
    )  # fmt: skip


def week_table(groups: Sequence[Group[date]]) -> Table:
    """One row a week, named by its Monday."""
    return Table((Column("week of", "day"), *_TIMES), tuple((g.key, *_times(g.times)) for g in groups))


def reach_table(groups: Sequence[ReachGroup]) -> Table:
    """One row a group of followers. Overdue: of the waits whose target has passed."""
    columns = (
        Column("followers"), Column("waits", "number"), Column("answered", "share"),
        Column("median", "length", none="not reached"), Column("nine in ten", "length", none="not reached"),
        Column("overdue", "share", none="–"), Column("of waits due", "number"),
        Column("median from", "length", none="unknown"), Column("median to", "length", none="unknown"),
        Column("overdue from", "share", none="–"), Column("overdue to", "share", none="–"),
    )  # fmt: skip
    return Table(columns, tuple(_reach(group) for group in groups))


def volume_table(days: Sequence[DayVolume]) -> Table:
    """One row a day."""
    names = ("posts", "negative", "neutral", "positive", "not read")
    return Table(
        (Column("day", "day"), *(Column(name, "number") for name in names)),
        tuple((v.day, v.mentions, v.negative, v.neutral, v.positive, v.not_read) for v in days),
    )


def promise_table(found: Sequence[Promise]) -> Table:
    """One row a band and target."""
    columns = (
        Column("target"), Column("waits due", "number"), Column("in target", "share", none="–"),
        Column("from", "share"), Column("to", "share"), Column("not yet due", "number"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            (_promised(p.band, p.target_seconds), p.share.due, p.estimate.value, p.estimate.low, p.estimate.high,
             p.share.not_yet_due)
            for p in found
        ),
    )  # fmt: skip


def waiting_table(rows: Sequence[WaitRow], said: Mapping[int, Said], until: datetime) -> Table:
    """Who waits, the longest first, at most 500."""
    columns = (
        Column("open", "link"), Column("waiting since", "when"), Column("for", "length"), Column("who"),
        Column("where"), Column("band", none="not read"), Column("what they said", width="large"),
        Column("who has it", none="nobody"),
    )  # fmt: skip
    return Table(columns, tuple(_waiting(row, said[row.wait_id], until) for row in _first(rows, said)))


def behind_waits(rows: Sequence[WaitRow], said: Mapping[int, Said], until: datetime) -> Table:
    """The waits a mark stands for, the longest first, at most 500."""
    columns = (
        Column("open", "link"), Column("began", "when"), Column("outcome"), Column("after", "length"), Column("who"),
        Column("where"), Column("what they said", width="large"), Column("who has it", none="nobody"),
    )  # fmt: skip
    words = {Outcome.ANSWERED: "answered", Outcome.WAITING: "still waiting", Outcome.ENDED_UNANSWERED: "ended"}
    return Table(
        columns,
        tuple(
            (link(row.conversation_id), row.started_at, words[outcome(row, until)], duration(row, until), s.handle,
             PLATFORMS[s.platform], s.text, s.assignee or None)
            for row in _first(rows, said)
            for s in (said[row.wait_id],)
        ),
    )  # fmt: skip


def behind_posts(posts: Iterable[Said]) -> Table:
    """The posts of a day, the newest first."""
    columns = (
        Column("open", "link"), Column("posted", "when"), Column("who"), Column("where"),
        Column("what they said", width="large"), Column("who has it", none="nobody"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            (link(s.conversation_id), s.posted_at, s.handle, PLATFORMS[s.platform], s.text, s.assignee or None)
            for s in posts
        ),
    )


def longest_first(rows: Sequence[WaitRow], until: datetime) -> list[WaitRow]:
    """The waits whose words a list shows: the longest, at most 500."""
    return sorted(rows, key=lambda row: (-duration(row, until), row.wait_id))[:MOST_ROWS]


def _times(times: ResponseTimes) -> tuple[object, ...]:
    hour = next(rate.share.share for rate in times.response_rates if rate.within == HOUR)
    return (
        times.waits, times.median.value, times.median.low, times.median.high, times.waiting, times.answered, hour,
        times.service_level.share, times.p90.value, times.answered_median,
    )  # fmt: skip


def _reach(group: ReachGroup) -> tuple[object, ...]:
    median, overdue = group.times.median, wilson(group.overdue)
    return (
        WORDS[group.key], group.times.waits, group.answered, median.value, group.times.p90.value, overdue.value,
        group.overdue.due, median.low, median.high, overdue.low, overdue.high,
    )  # fmt: skip


def _waiting(row: WaitRow, said: Said, until: datetime) -> tuple[object, ...]:
    return (
        link(row.conversation_id), row.started_at, duration(row, until), said.handle, PLATFORMS[said.platform],
        row.band.value if row.band else None, said.text, said.assignee or None,
    )  # fmt: skip


def _first(rows: Sequence[WaitRow], said: Mapping[int, Said]) -> list[WaitRow]:
    return [row for row in rows if row.wait_id in said][:MOST_ROWS]


def _promised(band: Band | None, seconds: int) -> str:
    return f"{band.value if band else 'not read'}, {spoken(seconds)}"
