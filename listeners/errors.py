"""LISTEN: the one error tree of this room. Every client's exception becomes one of these at the listener.

ListenerError            something kept a poll from its posts; carries what the worker decides on
├── Unreachable          network, time-out, 5xx, unreadable answer: try again, backing off
├── RateLimited          the platform said how long to wait (retry_at), nothing is wrong
├── Refused              keys or permission (401, 402, 403): a person must act; retried rarely
├── Gone                 the target does not exist (any more) (404, 410, banned): permanent
└── BadTarget            our own row is wrong (empty query, address not allowed): permanent
"""

from datetime import datetime


class ListenerError(Exception):
    """A poll could not be done. `str(error)` is for people: what happened and what to do; never anybody's words."""

    permanent = False

    def __init__(self, message: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at
        """Not before this time (aware UTC); None = the worker's own back-off."""


class Unreachable(ListenerError):
    """Network, time-out, 5xx or an unreadable answer: nothing was lost, it is tried again."""


class RateLimited(ListenerError):
    """The platform asks to wait until `retry_at`."""


class Refused(ListenerError):
    """Keys, money or permission are missing: a person must act."""


class Gone(ListenerError):
    """What we poll is no longer there."""

    permanent = True


class BadTarget(ListenerError):
    """The source as configured can never work."""

    permanent = True
