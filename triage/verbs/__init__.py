"""TRIAGE: every change of a conversation, one pair of verbs a file: guard, change, event, in one transaction.

Comes in: the caller's write transaction, a conversation's id, who acts. Goes out: the changed row and one event.
The guard stands in the WHERE of the UPDATE and the row count decides. No verb commits; nothing else changes a status.
"""

from triage.verbs.assign import assign, unassign
from triage.verbs.claim import claim, release
from triage.verbs.correct import set_band, set_needs_answer
from triage.verbs.dismiss import dismiss, restore
from triage.verbs.escalate import de_escalate, escalate
from triage.verbs.labels import confirm, correct, take_back
from triage.verbs.mute import mute_author, mute_thread, unmute_author, unmute_thread
from triage.verbs.open import open_read, open_unread
from triage.verbs.resolve import reopen, resolve
from triage.verbs.snooze import snooze, wake

__all__ = [
    "assign",
    "claim",
    "confirm",
    "correct",
    "de_escalate",
    "dismiss",
    "escalate",
    "mute_author",
    "mute_thread",
    "open_read",
    "open_unread",
    "release",
    "reopen",
    "resolve",
    "restore",
    "set_band",
    "set_needs_answer",
    "snooze",
    "take_back",
    "unassign",
    "unmute_author",
    "unmute_thread",
    "wake",
]
