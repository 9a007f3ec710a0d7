"""TRIAGE: which model reads at present, told by what it left behind last: a reading, or an attempt to learn.

Comes in: a session. Goes out: a version. Reads only, and never opens the weights: they take seconds, and what a worker
really uses stands in its rows.
"""

from sqlmodel import Session, col, select

from models import LearnedHead, Reading


def present_model(session: Session) -> str | None:
    """The version of the model itself, without what was learned here; None = nothing was read or learned yet.

    A learned head whose `base_version` is another one is left aside, whether it was chosen or not.
    """
    read = select(Reading.read_at, Reading.model_version).order_by(col(Reading.id).desc()).limit(1)
    fitted = select(LearnedHead.fitted_at, LearnedHead.base_version).order_by(col(LearnedHead.id).desc()).limit(1)
    told = [found for found in (session.exec(read).first(), session.exec(fitted).first()) if found]
    return max(told)[1].partition("+learned-")[0] if told else None


def standing(head: LearnedHead, active: int | None, model: str | None) -> str:
    """What became of a learned head, for people: refused, left aside, in use or passed."""
    if head.refused:
        return f"refused: {head.refused}"
    if head.base_version != model:
        return "left aside: made for another model"
    return "in use" if head.id == active else "passed"
