"""RESPOND: one reply to be published, as the platform's half needs it. Comes in: a row. Goes out: frozen values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session, col, select

from listeners.post import Post
from models import Account, Mention, Response
from models.values import Platform
from responders.matching import same_words
from responders.outcome import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be said, under which post, as whom."""

    response_id: int
    brand_id: int
    platform: Platform
    text: str
    parent_id: str
    """external_id of the post it answers."""
    parent_editions: frozenset[str]
    """The same post by all its ids: an edit on X makes a new one."""
    thread_id: str | None
    handle: str
    account_external_id: str | None

    def is_answered_by(self, post: Post) -> bool:
        """Whether this post of ours is the reply: same parent (or none told), same words."""
        if post.parent_id is not None and post.parent_id not in self.parent_editions:
            return False
        return not post.deleted and same_words(self.platform, self.text, post.text)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at our own posts brought."""

    post: Post | None
    cost_usd: float = 0.0


class ParentGone(Exception):
    """Nobody can answer there any more, as the platform says right now; the text says why."""


class Shot(Protocol):
    """One reply, ready to go: signed in, connected to nothing that could publish by itself."""

    def fire(self, in_time: Callable[[], bool]) -> Report:
        """Send the one request, if `in_time` still holds when its bytes would leave. Raises nothing."""

    def close(self) -> None:
        """Give connections back."""


def order_of(session: Session, response: Response) -> Order:
    """Read what one response needs to go out."""
    assert response.id is not None
    parent = session.get_one(Mention, response.parent_mention_id)
    account = session.get(Account, response.account_id) if response.account_id else None
    return Order(
        response_id=response.id,
        brand_id=response.brand_id,
        platform=response.platform,
        text=response.text,
        parent_id=parent.external_id,
        parent_editions=editions_of(session, parent),
        thread_id=parent.thread_key if parent.thread_given else None,
        handle=account.handle if account else "",
        account_external_id=account.external_id if account else None,
    )


def editions_of(session: Session, mention: Mention) -> frozenset[str]:
    """Every id under which we know this post."""
    first = mention.edit_of or mention.external_id
    later = select(Mention.external_id).where(
        Mention.platform == mention.platform, Mention.thread_key == mention.thread_key, col(Mention.edit_of) == first
    )
    return frozenset({mention.external_id, first, *session.exec(later)})
