"""TRIAGE: what settings and targets say about a brand. Comes in: settings and rows. Goes out: plain values. Pure but
for three queries a brand. It never decides anything itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models import Account, Brand, Target
from models.values import Band, Platform
from settings import Settings
from triage.priority import Weights

UNREAD_BAND = Band.NORMAL
"""The band whose target a wait is measured against while it is unread; it is stored only once read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for one brand in one transaction."""

    brand_id: int
    competitor: bool
    needs_reply_at: float
    """A reading whose needs_reply reaches this (0–1) needs an answer."""
    review_below: float
    """A reading less sure than this (0–1) is reviewed."""
    history_age: timedelta
    targets: tuple[tuple[Band, datetime, int], ...]
    """Band, valid from, seconds; newest first."""
    default_targets: tuple[tuple[Band, int], ...]
    handles: frozenset[tuple[Platform, str]]
    """Our handles (case folded) and account ids on each platform."""
    weights: Weights
    """The most points each part of the priority gives."""

    def target_seconds(self, band: Band, at: datetime) -> int:
        """The promise in force for a wait that began at `at`, in seconds."""
        said = next((s for b, since, s in self.targets if b == band and since <= at), None)
        return said if said is not None else dict(self.default_targets)[band]


def rules_for(session: Session, brand_id: int, settings: Settings) -> Rules:
    """Read the rules of one brand."""
    brand = session.get_one(Brand, brand_id)
    rows = session.exec(select(Target).where(Target.brand_id == brand_id).order_by(col(Target.valid_from).desc()))
    accounts = session.exec(select(Account).where(Account.brand_id == brand_id)).all()
    names = {(a.platform, a.handle_key) for a in accounts} | {(a.platform, a.external_id) for a in accounts}
    return Rules(
        brand_id=brand_id,
        competitor=brand.competitor,
        needs_reply_at=settings.needs_reply_at,
        review_below=settings.review_below,
        history_age=timedelta(hours=settings.history_hours),
        targets=tuple((t.band, t.valid_from, t.seconds) for t in rows),
        default_targets=(
            (Band.URGENT, round(settings.target_minutes_urgent * 60)),
            (Band.HIGH, round(settings.target_minutes_high * 60)),
            (Band.NORMAL, round(settings.target_minutes_normal * 60)),
            (Band.LOW, round(settings.target_minutes_low * 60)),
        ),
        handles=frozenset((p, n) for p, n in names if n),
        weights=weights_told(settings),
    )


def weights_told(settings: Settings) -> Weights:
    """The maxima of the priority's parts; the settings have seen to it that they make 100."""
    return Weights(
        severity=settings.priority_severity,
        intent=settings.priority_intent,
        waiting=settings.priority_waiting,
        addressed=settings.priority_addressed,
        reach=settings.priority_reach,
    )
