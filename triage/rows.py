"""TRIAGE: conversations as the queue shows them.

Comes in: conversations in some order. Goes out: rows in the same order, with words, reading and whether they can be
answered, loaded in a handful of statements however many there are. Reads only; it never orders or leaves out any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from models import Author, Brand, Conversation, Mention, Placement, Thread, User, Wait
from models.database import chunks
from models.values import Platform
from settings import Settings
from triage.answerable import Answerable, answerable
from triage.labels import load_labels
from triage.priority import PLAIN
from triage.rules import rules_for
from triage.weighing import points_of, weights_of

Place = tuple[int, datetime | None, int, float | None]
"""Rank, waiting since, id, confidence of what is in doubt: where a page ended."""
Table = TypeVar("Table", bound=SQLModel)
Handles = frozenset[tuple[Platform, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One conversation as the queue shows it; plain values, times aware."""

    id: int
    brand_id: int
    brand: str
    platform: str
    author: str
    """Their handle."""
    author_name: str
    """What they call themselves; often empty."""
    followers: int | None
    text: str
    """Of the first post of the wait that still stands; empty when all were deleted."""
    url: str
    sentiment: str | None
    """None = not read yet."""
    intent: str | None
    intents: dict[str, float]
    """Probability of each intent, 0–1; empty while it is not read."""
    needs_reply: float | None
    language: str | None
    confidence: float | None
    """How sure the reading is, 0–1; None = not read, or it did not say."""
    in_doubt: bool
    """Something they wrote in this wait should be looked at: the reading is unsure, and nobody has."""
    corrected: bool
    """A person said otherwise than the reading."""
    band: str | None
    """None = not read yet."""
    priority: int
    reasons: dict[str, int]
    """Points by the name of the part; they add up to `priority`."""
    status: str
    resolution: str | None
    dismissal: str | None
    snoozed_until: datetime | None
    escalated: bool
    """Somebody asked a manager for help."""
    assignee: str | None
    """Their e-mail address."""
    assignee_id: int | None
    assignee_name: str | None
    waiting_since: datetime | None
    """None = nobody waits."""
    due_at: datetime | None
    mentions: int
    answerable: Answerable
    place: Place
    most: dict[str, int] = field(default_factory=lambda: PLAIN.maxima)
    """The most points each part could have given."""
    reached: int | None = None
    """The most followers their posts of this wait were found with, by which reach was weighed; None = not known."""


def rows_of(session: Session, conversations: Sequence[Conversation], settings: Settings) -> list[Row]:
    """The conversations as rows, in their order."""
    found: list[Row] = []
    for part in chunks(conversations):
        loaded = _Loaded(session, part, settings)
        found += [loaded.row(c) for c in part]
    return found


class _Loaded:
    """What a page of conversations shows beside their own columns."""

    def __init__(self, session: Session, page: Sequence[Conversation], settings: Settings) -> None:
        self.settings = settings
        self.brands = _by_id(session, Brand, (c.brand_id for c in page))
        self.authors = _by_id(session, Author, (c.author_id for c in page))
        self.threads = _by_id(session, Thread, (c.thread_id for c in page))
        self.users = _by_id(session, User, (c.assignee_id for c in page))
        self.posts = _posts_of_waits(session, page)
        shown = {i: _shown(posts) for i, posts in self.posts.items()}
        self.shown = {i: post for i, post in shown.items() if post is not None}
        self.labels = load_labels(session, [m.id for m in self.shown.values() if m.id is not None])
        self.handles: dict[int, Handles] = {b: rules_for(session, b, settings).handles for b in self.brands}
        self.own = _own_ids(session, {m.quoted_id for posts in self.posts.values() for m in posts if m.quoted_id})

    def row(self, c: Conversation) -> Row:
        assert c.id is not None
        author, post = self.authors[c.author_id], self.shown.get(c.id)
        user = self.users.get(c.assignee_id or 0)
        held = self.labels.get(post.id or 0) if post else None
        return Row(
            id=c.id,
            brand_id=c.brand_id,
            brand=self.brands[c.brand_id].name,
            platform=c.platform.value,
            author=author.handle,
            author_name=author.name,
            followers=author.followers,
            text=post.text if post else "",
            url=post.url if post else "",
            sentiment=held.sentiment.value if held else None,
            intent=held.intent.value if held else None,
            intents=dict(held.intents) if held else {},
            needs_reply=held.needs_reply if held else None,
            language=held.language if held else None,
            confidence=held.confidence if held else None,
            in_doubt=c.least_sure is not None,
            corrected=bool(held and held.corrected),
            band=c.band.value if c.band else None,
            priority=c.priority,
            reasons=points_of(c),
            most=weights_of(c).maxima,
            reached=max((m.followers for m in self.posts.get(c.id, []) if m.followers is not None), default=None),
            status=c.status.value,
            resolution=c.resolution.value if c.resolution else None,
            dismissal=c.dismissal.value if c.dismissal else None,
            snoozed_until=c.snoozed_until,
            escalated=c.escalated_at is not None,
            assignee=user.email if user else None,
            assignee_id=c.assignee_id,
            assignee_name=(user.name or user.email) if user else None,
            waiting_since=c.waiting_since,
            due_at=c.due_at,
            mentions=c.mentions,
            answerable=self.how(c),
            place=(c.rank, c.waiting_since, c.id, c.least_sure),
        )

    def how(self, c: Conversation) -> Answerable:
        """Any post of the wait that still stands may be the one we answer."""
        posts = self.posts.get(c.id or 0, [])
        standing = [m for m in posts if m.deleted_at is None]
        return answerable(
            c.platform,
            mentioned=[name for m in standing for name in m.mentioned],
            quotes_us=any(m.quoted_id in self.own for m in standing),
            gone=bool(posts) and not standing,
            locked=self.threads[c.thread_id].locked_at is not None,
            handles=self.handles[c.brand_id],
            settings=self.settings,
        )


def _by_id(session: Session, table: type[Table], ids: Iterable[int | None]) -> dict[int, Table]:
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    key = table.id  # type: ignore[attr-defined]
    return {row.id: row for row in session.exec(select(table).where(key.in_(wanted)))}  # type: ignore[attr-defined]


def _posts_of_waits(session: Session, page: Sequence[Conversation]) -> dict[int, list[Mention]]:
    """Conversation id → the person's posts from the beginning of its running (else newest) wait on, in order."""
    query = (
        select(Wait.conversation_id, Mention)
        .join(Placement, col(Placement.conversation_id) == Wait.conversation_id)
        .join(Mention, col(Mention.id) == Placement.mention_id)
        .where(
            col(Wait.id).in_({c.wait_id for c in page if c.wait_id is not None}),
            col(Mention.own).is_(False),
            (col(Mention.posted_at) >= Wait.started_at) | (col(Mention.id) == Wait.first_mention_id),
        )
        .order_by(col(Mention.posted_at), col(Mention.external_id))
    )
    found: dict[int, list[Mention]] = {}
    for conversation_id, mention in session.exec(query):
        found.setdefault(conversation_id, []).append(mention)
    return found


def _shown(posts: Sequence[Mention]) -> Mention | None:
    return next((m for m in posts if m.deleted_at is None), posts[0] if posts else None)


def _own_ids(session: Session, external_ids: set[str]) -> set[str]:
    if not external_ids:
        return set()
    query = select(Mention.external_id).where(
        Mention.platform == Platform.X, col(Mention.external_id).in_(external_ids), col(Mention.own)
    )
    return set(session.exec(query))
