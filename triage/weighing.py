"""TRIAGE: a priority as a conversation keeps it. Comes in: points and the weights they were given by. Goes out: values
for its columns, and back. It weighs nothing itself.

Weights are a setting, and a row is not weighed anew in the moment in which the setting changes. So every row says by
which weights it was weighed: its points never pass their maxima, and what was weighed otherwise is found by a query.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col

from models import Conversation
from triage.priority import PLAIN, Weights

BY = "by"
"""Beside the points in `Conversation.reasons`: the weights' code. Left out where they are the plain ones."""


def kept(reasons: Mapping[str, int], rescore_at: datetime | None, weights: Weights) -> dict[str, Any]:
    """The columns that hold a priority, and the queue's order that follows from it."""
    points = sum(reasons.values())
    stamp = {} if weights == PLAIN else {BY: weights.code}
    return {"reasons": {**reasons, **stamp}, "priority": points, "rank": 100 - points, "rescore_at": rescore_at}


def set_priority(
    conversation: Conversation, reasons: Mapping[str, int], rescore_at: datetime | None, weights: Weights
) -> None:
    """Store the points of one conversation. Does not commit."""
    for name, value in kept(reasons, rescore_at, weights).items():
        setattr(conversation, name, value)


def points_of(conversation: Conversation) -> dict[str, int]:
    """Its points by the name of the part; they add up to its priority."""
    return {name: points for name, points in conversation.reasons.items() if name != BY}


def weights_of(conversation: Conversation) -> Weights:
    """The weights its points were given by."""
    code = conversation.reasons.get(BY)
    return Weights(*(int(most) for most in code.split("/"))) if code else PLAIN


def weighed_otherwise(weights: Weights) -> ColumnElement[bool]:
    """In a query about conversations: its points were given by other weights than these."""
    code = col(Conversation.reasons)[BY].as_string()
    return func.coalesce(code, PLAIN.code) != weights.code
