"""WORKER: who works here, as a list. Comes in: a session. Goes out: people with their sessions. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models import SignIn, User
from models.values import Role
from worker.signins import IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person, disabled ones too."""

    user_id: int
    email: str
    name: str
    role: Role
    disabled: bool
    sessions: int
    """Browsers they are signed in with now."""
    seen_at: datetime | None
    """When they last used one of their sessions, within five minutes; None = never, as far as is known."""


def members(session: Session, now: datetime) -> list[Member]:
    """Everybody, those who work here first, by email."""
    live = _sessions(session, now)
    newest = select(SignIn.user_id, func.max(SignIn.seen_at)).group_by(col(SignIn.user_id))
    seen = dict(session.exec(newest).all())
    users = session.exec(select(User).order_by(col(User.email))).all()
    found = [
        Member(
            user_id=u.id or 0, email=u.email, name=u.name, role=u.role, disabled=u.disabled_at is not None,
            sessions=live.get(u.id or 0, 0), seen_at=seen.get(u.id or 0),
        )
        for u in users
    ]  # fmt: skip
    return sorted(found, key=lambda member: member.disabled)


def _sessions(session: Session, now: datetime) -> dict[int, int]:
    query = (
        select(SignIn.user_id, func.count())
        .where(col(SignIn.ended_at).is_(None), SignIn.expires_at > now, SignIn.seen_at > now - IDLE)
        .group_by(col(SignIn.user_id))
    )
    return dict(session.exec(query).all())
