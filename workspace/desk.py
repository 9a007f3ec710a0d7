"""WORKSPACE: what the panes of the queue's screen are given: read from the rooms below, told in plain words.

Comes in: a reading session, who looks, at what, when. Goes out: the data of each pane. Changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.values import LearningMode, Platform, Role, SourceState, Status
from responders.drafts import list_notes
from settings import Settings
from triage.beside import awaiting_approval, brands, colleagues, customer, title, writers
from triage.conversations import whole
from triage.history import Refused
from triage.learning.store import state
from triage.queue import VIEWS, backlog, count, page
from triage.review import judged
from triage.rows import Row
from worker.sources import list_sources
from workspace.buttons import buttons
from workspace.clock import exact, spoken_length, spoken_when
from workspace.judging import strip
from workspace.portrait import portrait
from workspace.rows import DISMISSALS, PLATFORMS, RESOLUTIONS, handle, queue_row, where
from workspace.session import Person
from workspace.timeline import timeline

PAGE, URGENT = 30, 3
"""Rows at a time; at most so many pinned ones."""
MINE, APPROVAL, REVIEW = "mine", "approval", "review"
MENU = {
    "urgent": "Urgent, nobody's", "not-read": "Not read yet", "no-answer-needed": "No answer needed",
    "answered": "Their turn", "escalated": "Escalated", "snoozed": "Snoozed", "resolved": "Resolved",
    "dismissed": "Dismissed", "all": "Everything",
}  # fmt: skip
EMPTY = {
    "needs-answer": ("Nobody waits for an answer", "What people write is shown here as soon as we have it."),
    MINE: ("You have nothing in hand", "Claim a conversation with c, and it stands here."),
    APPROVAL: ("Nothing waits for approval", "Replies that need a second pair of eyes stand here."),
    REVIEW: ("Nothing is in doubt", "What the reading is not sure of stands here, the least sure first."),
    "unassigned": ("Somebody has each of them", "Everything that needs an answer is in somebody's hands."),
}
NOTHING_OPEN = {"title": "Nothing is open", "says": "Choose a conversation, or press j for the first."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What a person looks at in the queue."""

    view: str = "needs-answer"
    brand_id: int | None = None
    platform: Platform | None = None
    shown: int = PAGE


def looking_after(told: object, now: Looking) -> Looking:
    """What they look at after what the queue's pane told, which may be forged: what makes no sense changes nothing."""
    if not isinstance(told, dict):
        return now
    view, brand, platform = told.get("view"), told.get("brand"), told.get("platform")
    if isinstance(view, str) and view in {*VIEWS, MINE, APPROVAL}:
        return Looking(view=view, brand_id=now.brand_id, platform=now.platform)
    if isinstance(brand, str) and (not brand or (brand.isascii() and brand.isdigit() and len(brand) < 10)):
        return Looking(view=now.view, brand_id=int(brand) if brand else None, platform=now.platform)
    if isinstance(platform, str) and platform in ("", *Platform):
        return Looking(view=now.view, brand_id=now.brand_id, platform=Platform(platform) if platform else None)
    if "more" in told:
        return Looking(view=now.view, brand_id=now.brand_id, platform=now.platform, shown=now.shown + PAGE)
    return now


def queue_data(
    session: Session, settings: Settings, who: Person, looking: Looking, selected: int | None, now: datetime,
    zone: ZoneInfo,
) -> dict[str, Any]:  # fmt: skip
    """The queue's pane."""
    waiting = awaiting_approval(session) if who.is_at_least(Role.MANAGER) else []
    found = _page(session, settings, who, looking, waiting, now)
    urgent: list[Row] = []
    if looking.view == "needs-answer":
        urgent = page(session, now=now, settings=settings, view="urgent", brand_id=looking.brand_id,
                      platform=looking.platform, limit=URGENT)  # fmt: skip
    pinned = {row.id for row in urgent}
    rows = [row for row in found[: looking.shown] if row.id not in pinned]
    says = EMPTY.get(looking.view, ("Nothing here", "There is no conversation in this view."))
    narrowed = looking.brand_id is not None or looking.platform is not None
    hint = "Nothing here with this filter." if narrowed else " ".join([says[1], *_next_look(session, looking, now)])
    return {
        "view": looking.view,
        "tabs": _tabs(session, who, waiting),
        "views": list(_menu(waiting).items()),
        "brands": [("", "Every brand"), *((str(i), name) for i, name in brands(session))],
        "brand": str(looking.brand_id or ""),
        "platforms": [("", "Every platform"), *PLATFORMS.items()],
        "platform": looking.platform or "",
        "order": "least sure first" if looking.view == REVIEW else "by priority",
        "urgent": [queue_row(row, now, zone) for row in urgent],
        "rest": "Everything else",
        "rows": [queue_row(row, now, zone) for row in rows],
        "more": len(found) > looking.shown,
        "shown": looking.shown,
        "selected": selected,
        "empty": {"title": says[0], "says": hint},
    }


def _next_look(session: Session, looking: Looking, now: datetime) -> list[str]:
    """When the platforms are asked next; nothing to say of other views, or without sources."""
    if looking.view != "needs-answer":
        return []
    found = [source.next_poll_at for source, _ in list_sources(session) if source.state == SourceState.ACTIVE]
    if not found:
        return ["No source is polled yet."]
    return [f"We look again in {spoken_length(max(min(found) - now, timedelta(0)))}."]


def _page(
    session: Session, settings: Settings, who: Person, looking: Looking, waiting: list[int], now: datetime
) -> list[Row]:
    """One more than is shown, so that we know whether there are more."""
    view = {MINE: "open", APPROVAL: "all"}.get(looking.view, looking.view)
    return page(
        session,
        now=now,
        settings=settings,
        view=view,
        brand_id=looking.brand_id,
        platform=looking.platform,
        assignee_id=who.user_id if looking.view == MINE else None,
        among=waiting if looking.view == APPROVAL else None,
        limit=looking.shown + 1,
    )


def _tabs(session: Session, who: Person, waiting: list[int]) -> list[dict[str, Any]]:
    tabs: list[dict[str, Any]] = [
        {"view": "needs-answer", "title": "Needs an answer", "count": backlog(session)},
        {"view": MINE, "title": "Mine", "count": count(session, "open", who.user_id)},
    ]
    if waiting:
        tabs.append({"view": APPROVAL, "title": "Approval", "count": len(waiting)})
    return [*tabs, {"view": REVIEW, "title": "Review", "count": count(session, REVIEW)}]


def _menu(waiting: list[int]) -> dict[str, str]:
    return {**({} if waiting else {APPROVAL: "Approval"}), "unassigned": "Unassigned", **MENU}


def conversation_data(
    session: Session, settings: Settings, who: Person, conversation_id: int | None, now: datetime, zone: ZoneInfo,
    view: str = "needs-answer",
) -> dict[str, Any]:  # fmt: skip
    """The conversation's pane; without one, or when there is no such, what to do instead."""
    if conversation_id is None:
        return {"id": 0, "empty": NOTHING_OPEN}
    try:
        found = whole(session, conversation_id, settings)
    except Refused as refused:
        return {"id": 0, "empty": {"title": str(refused), "says": "Choose one of the list."}}
    row = found.row
    notes = [
        (note.written_at, user.name or user.email, note.text) for note, user in list_notes(session, conversation_id)
    ]
    posted = next((p["posted_at"] for p in reversed(found.posts) if not p["own"]), None)
    return {
        "id": row.id,
        "name": row.author_name or handle(row.platform, row.author),
        "handle": handle(row.platform, row.author),
        "where": where(row.platform, row.url),
        "status": " · ".join(_status(row, who, now, zone)),
        "exact": f"they wrote last {exact(posted, zone)}" if posted else "",
        "title": title(session, conversation_id),
        "items": timeline(found, notes, writers(session, conversation_id), now, zone),
        "others": _others(found.others),
        "buttons": buttons(row, who, colleagues(session)),
        "review": strip(judged(session, row.id, settings), row, settings,
                        learning=state(session)[0] != LearningMode.OFF, open_=view == REVIEW),
        "url": row.url,
    }  # fmt: skip


def next_in_review(session: Session, settings: Settings, looking: Looking, after: int, now: datetime) -> int | None:
    """The conversation to look at after this one, in the review view's order; None = it is the last."""
    rows = page(session, now=now, settings=settings, view=REVIEW, brand_id=looking.brand_id,
                platform=looking.platform, limit=looking.shown + 1)  # fmt: skip
    ids = [row.id for row in rows]
    here = ids.index(after) if after in ids else -1
    left = [*ids[here + 1 :], *ids[: max(here, 0)]]
    return left[0] if left else None


def _others(number: int) -> str:
    if not number:
        return ""
    return "1 other in this thread" if number == 1 else f"{number} others in this thread"


def _status(row: Row, who: Person, now: datetime, zone: ZoneInfo) -> list[str]:
    told = []
    if row.status == Status.SNOOZED and row.snoozed_until:
        told.append(f"snoozed until {spoken_when(row.snoozed_until, now, zone)}")
    if row.status == Status.RESOLVED:
        told.append(f"resolved: {RESOLUTIONS.get(row.resolution or '', '')}")
    if row.status == Status.DISMISSED:
        told.append(f"dismissed: {DISMISSALS.get(row.dismissal or '', '')}")
    if row.waiting_since and row.status not in (Status.RESOLVED, Status.DISMISSED):
        told.append(f"waiting since {spoken_when(row.waiting_since, now, zone).removeprefix('today ')}")
    elif not told:
        told.append("it is their turn")
    if row.assignee_id is not None:
        told.append("claimed by you" if row.assignee_id == who.user_id else f"{row.assignee_name} has it")
    elif row.status not in (Status.RESOLVED, Status.DISMISSED):
        told.append("nobody has it")
    if row.escalated and row.status not in (Status.RESOLVED, Status.DISMISSED):
        told.append("help is asked for")
    return told


def customer_data(
    session: Session, settings: Settings, conversation_id: int | None, row: Row | None, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """The customer's pane; empty without a conversation."""
    if conversation_id is None or row is None:
        return {"id": 0}
    return portrait(customer(session, conversation_id, settings), row, now, zone)
