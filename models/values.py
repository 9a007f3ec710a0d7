"""MODELS: the words a column may hold. What comes in and goes out is text; nothing here talks to a database.

Every value is part of the contract with scripts that read our JSON: rename one only together with a migration.
"""

from enum import StrEnum


class Platform(StrEnum):
    """The kind of place a mention was posted in."""

    X = "x"
    REDDIT = "reddit"
    BLOG = "blog"


class SourceKind(StrEnum):
    """What one source polls. The part before the dash names the platform; feed and comments are blogs."""

    X_SEARCH = "x-search"
    X_MENTIONS = "x-mentions"
    X_OWN = "x-own"
    REDDIT_SEARCH = "reddit-search"
    REDDIT_NEW = "reddit-new"
    REDDIT_COMMENTS = "reddit-comments"
    REDDIT_INBOX = "reddit-inbox"
    REDDIT_OWN = "reddit-own"
    FEED = "feed"
    COMMENTS = "comments"

    @property
    def platform(self) -> Platform:
        """The platform this kind polls."""
        head = self.value.split("-")[0]
        return Platform(head) if head in ("x", "reddit") else Platform.BLOG


class SourceState(StrEnum):
    """Whether the worker polls a source."""

    ACTIVE = "active"
    PAUSED = "paused"


class PollOutcome(StrEnum):
    """How one poll ended."""

    OK = "ok"
    LIMITED = "limited"  # the platform's rate limit, or our daily money, stopped it; nothing is wrong
    FAILED = "failed"


class Status(StrEnum):
    """Where a conversation stands; everything else about it is derived or stands beside this."""

    NEW = "new"  # not read yet
    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class Resolution(StrEnum):
    """Why a conversation was resolved."""

    ANSWERED = "answered"
    ANSWERED_PRIVATELY = "answered_privately"
    ANSWERED_ELSEWHERE = "answered_elsewhere"  # with link and time: the only one that ends an unanswered wait
    NO_ANSWER = "no_answer"
    HISTORY = "history"  # older than its source, or imported; written by rule only


class Dismissal(StrEnum):
    """Why a conversation was dismissed."""

    NO_ANSWER_NEEDED = "no_answer_needed"  # a correction: the wait leaves the default population
    SPAM = "spam"
    NOT_ABOUT_US = "not_about_us"
    DUPLICATE = "duplicate"


class Band(StrEnum):
    """How soon a wait should be answered; it alone decides the target."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class WaitEnd(StrEnum):
    """How a wait ended. A running wait has none."""

    ANSWERED = "answered"  # our public reply
    ANSWERED_ELSEWHERE = "answered_elsewhere"  # a person said where and when
    DELETED = "deleted"
    LOCKED = "locked"
    DISMISSED = "dismissed"


class Sentiment(StrEnum):
    """Toward the brand, as read."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Intent(StrEnum):
    """What the author wants; members stand in order of severity, and the first that holds is the primary one."""

    CRISIS = "crisis"
    CHURN = "churn"
    COMPLAINT = "complaint"
    QUESTION = "question"
    PURCHASE = "purchase"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    PROMO = "promo"
    CHATTER = "chatter"


class How(StrEnum):
    """Whether and how a conversation can be answered."""

    API = "api"
    HAND_OFF = "hand_off"
    NO = "no"


class Role(StrEnum):
    """What a user may do: answer, read reports and set targets, set up sources and people."""

    AMBASSADOR = "ambassador"
    MANAGER = "manager"
    ADMIN = "admin"


class Label(StrEnum):
    """What of a reading a person may know better."""

    SENTIMENT = "sentiment"
    INTENT = "intent"  # the primary one
    ABOUT_BRAND = "about_brand"  # said as yes or no
    NEEDS_REPLY = "needs_reply"  # said as yes or no
    LANGUAGE = "language"  # ISO 639-1 or "und"


class LearningMode(StrEnum):
    """What becomes of a newly learned head that passed its gate."""

    AUTO = "auto"  # it is used at once
    PINNED = "pinned"  # a manager chose one; new ones wait to be chosen
    OFF = "off"  # none is used, and nothing is learned
