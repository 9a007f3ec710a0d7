"""WORKSPACE: sources as a table for people. Comes in: a session. Goes out: rows with their health in words.

Targets, names and errors may hold words of others: they stay in cells. It changes nothing.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Gap, Source
from models.values import SourceKind, SourceState
from worker.brands import list_brands
from worker.money import spent_today
from worker.sources import list_sources
from workspace.tables import Column, Table

KINDS = {
    SourceKind.X_SEARCH: "X: search",
    SourceKind.X_MENTIONS: "X: mentions of an account of ours",
    SourceKind.X_OWN: "X: what an account of ours posts",
    SourceKind.REDDIT_SEARCH: "Reddit: search",
    SourceKind.REDDIT_NEW: "Reddit: new threads of subreddits",
    SourceKind.REDDIT_COMMENTS: "Reddit: new comments of subreddits",
    SourceKind.REDDIT_INBOX: "Reddit: our inbox",
    SourceKind.REDDIT_OWN: "Reddit: what an account of ours posts",
    SourceKind.FEED: "Blog: feed",
    SourceKind.COMMENTS: "Blog: feed of comments",
}
TARGETS = {
    SourceKind.X_SEARCH: "Query, as X's own search takes it",
    SourceKind.X_MENTIONS: "Handle (empty = the keys' account)",
    SourceKind.X_OWN: "Handle (empty = the keys' account)",
    SourceKind.REDDIT_SEARCH: "Query",
    SourceKind.REDDIT_NEW: "Subreddits, joined by +",
    SourceKind.REDDIT_COMMENTS: "Subreddits, joined by +",
    SourceKind.REDDIT_INBOX: "Nothing to say here",
    SourceKind.REDDIT_OWN: "User name (empty = the keys' account)",
    SourceKind.FEED: "Address of the feed",
    SourceKind.COMMENTS: "Address of the feed",
}
COLUMNS = (
    Column("source", width="medium"), Column("kind"), Column("brand"), Column("state"),
    Column("last success", "when", none="never"), Column("next poll", "when", none="–"),
    Column("open gaps", "number"), Column("USD today", none="–"),
    Column("what went wrong, what to do", none="", width="large"),
)  # fmt: skip


def source_table(session: Session, now: datetime) -> Table:
    """Every source with its health."""
    brands = {b.id: b.name for b in list_brands(session)}
    spent = spent_today(session, now)
    return Table(
        COLUMNS,
        tuple(
            _row(source, brands.get(source.brand_id, ""), gaps, spent, now) for source, gaps in list_sources(session)
        ),
    )


def open_gaps(session: Session) -> Table:
    """What is known to be missing, the newest first."""
    query = (
        select(Gap, Source)
        .join(Source, col(Source.id) == Gap.source_id)
        .where(col(Gap.closed_at).is_(None), col(Source.removed_at).is_(None))
        .order_by(col(Gap.opened_at).desc(), col(Gap.id).desc())
    )
    columns = (Column("source", width="medium"), Column("why", width="large"), Column("known since", "when"))
    return Table(columns, tuple((what(source), gap.reason, gap.opened_at) for gap, source in session.exec(query)))


def what(source: Source) -> str:
    """The source as people call it."""
    return source.name or source.target or KINDS[source.kind]


def health(source: Source) -> str:
    """Its state in words."""
    if source.state == SourceState.PAUSED:
        return "paused"
    if source.failures:
        return "failing, once" if source.failures == 1 else f"failing, {source.failures} times in a row"
    return "well" if source.last_success_at else "not polled yet"


def _row(source: Source, brand: str, gaps: int, spent: dict[str, float], now: datetime) -> tuple[object, ...]:
    usd = spent.get(f"source:{source.id}")
    resting = source.state == SourceState.PAUSED
    return (
        what(source), KINDS[source.kind], brand, health(source), source.last_success_at,
        None if resting else max(source.next_poll_at, now), gaps, None if usd is None else f"{usd:.3f}",
        source.last_error,
    )  # fmt: skip
