"""TRIAGE: who did it, and the line it leaves in history. Comes in: a change. Goes out: one `Event`. Never commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import Conversation, Event
from models.values import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, and when: a person with a role, or a rule by its name."""

    at: datetime
    """The machine's time, aware UTC."""
    user_id: int | None = None
    role: Role | None = None
    rule: str = ""

    def may(self, *roles: Role) -> bool:
        """Whether a rule, or a person with one of these roles, acts. Admins may all that managers may."""
        return bool(self.rule) or self.role in roles or (self.role == Role.ADMIN and Role.MANAGER in roles)


class Refused(Exception):
    """A verb that cannot be done now. The text is for people: what is so, and kindly."""


def record(
    session: Session,
    conversation: Conversation | None,
    verb: str,
    by: By,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """Add one line of history to the caller's transaction; without a conversation it concerns the whole house."""
    brand_id, conversation_id = (conversation.brand_id, conversation.id) if conversation else (None, None)
    session.add(
        Event(
            at=by.at, brand_id=brand_id, conversation_id=conversation_id, verb=verb, user_id=by.user_id,
            by_rule=by.rule, before=before or {}, after=after or {}, why=why,
        )
    )  # fmt: skip
