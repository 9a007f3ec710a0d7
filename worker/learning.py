"""WORKER: learn from what people said of readings.

Comes in: corrections that are new. Goes out: an attempt with its figures, used if it passed its gate. Learns from the
platforms of the setting only, which never holds X. Harmless to repeat: without new corrections nothing is due.
"""

import time
from datetime import timedelta

import structlog

from models import LearnedHead
from models.values import LearningMode
from triage.history import By
from triage.learning.fitting import fit, fit_held
from triage.learning.gate import Anchors, Verdict, halves, judge, load_anchors
from triage.learning.gathering import fresh, gather, lessons, newest_correction
from triage.learning.learned import Learned
from triage.learning.lessons import Lessons, Scale
from triage.learning.store import add, heads, load_active, state
from triage.reading.chosen import chosen_model
from triage.reading.model import Model
from worker.lease import Worker, leased

log = structlog.get_logger("worker.learning")

LEASE = timedelta(minutes=5)
RULE = "learning"


def learn(worker: Worker, anchors: Anchors = load_anchors) -> int:
    """Fit a head to the corrections there are, if enough are new or the model is another. 1 if it was tried."""
    if not _is_due(worker):  # an idle worker writes nothing
        return 0
    with leased(worker, RULE, LEASE) as mine:
        if not mine or not _is_due(worker):
            return 0
        with worker.database.reading() as session:
            told = gather(session, worker.settings.learn_from)
            newest, present = newest_correction(session), load_active(session)
        model = chosen_model()
        read, kept = lessons(told, model), anchors()
        if read is None or kept is None:
            log.warning("learning.impossible", embeddings=read is not None, anchors=kept is not None)
            return 0
        head = attempt(read, kept, present, model, newest)
        with worker.database.writing() as session:
            add(session, head, by=By(at=worker.now(), rule=RULE))
        log.info("learning.tried", lessons=head.lessons, kept_back=head.held_out, refused=head.refused)
        return 1


def _is_due(worker: Worker) -> bool:
    platforms = worker.settings.learn_from
    if not platforms:
        return False
    with worker.database.reading() as session:
        if state(session)[0] == LearningMode.OFF:
            return False
        if fresh(session, platforms) >= worker.settings.learn_every:
            return True
        last = heads(session, most=1)
        return bool(last) and last[0].base_version != chosen_model().version and bool(gather(session, platforms))


def attempt(read: Lessons, anchors: Lessons, present: Learned | None, model: Model, newest: int) -> LearnedHead:
    """Fit on three quarters, judge on the rest and on the anchors. Writes nothing."""
    began = time.monotonic()
    scale = Scale.of(model.thresholds, model.calibration)
    to_learn, kept_back = read.split()
    holding, judging = halves(anchors)
    learned = fit_held(to_learn, scale, "learned", model.version, holding)
    verdict = judge(
        learned,
        fit(to_learn, scale, "free", model.version, among=holding.embeddings),
        lessons=len(to_learn.ids),
        present=present if present is not None and present.base_version == model.version else None,
        kept_back=kept_back,
        anchors=judging,
        scale=scale,
    )
    return _row(learned, verdict, len(to_learn.ids), len(kept_back.ids), newest, time.monotonic() - began)


def _row(learned: Learned, verdict: Verdict, taught: int, kept_back: int, newest: int, seconds: float) -> LearnedHead:
    return LearnedHead(
        base_version=learned.base_version,
        weights=None if verdict.refused else learned.to_bytes(),
        refused=verdict.refused,
        lessons=taught,
        newest_correction_id=newest,
        held_out=kept_back,
        held_out_before=verdict.held_before.share,
        held_out_after=verdict.held_after.share,
        anchors=verdict.anchors_before.told,
        anchors_before=verdict.anchors_before.share,
        anchors_after=verdict.anchors_after.share,
        seconds=seconds,
    )
