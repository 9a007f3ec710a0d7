"""TRIAGE, training: other people's labels in our words.

In comes a label of a public set; out goes what it says about our outputs, as probabilities. An output that
is not named stays unknown. These choices are ours and are written down in docs/model-card.md too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from triage.reading.head import INTENTS

Says = Mapping[str, float]


def _only(*codes: str, **more: float) -> dict[str, float]:
    return {**{code: float(code in codes) for code in INTENTS}, **more}


CHAT: Says = {"crisis": 0, "churn": 0, "promo": 0, "purchase": 0, "chatter": 1, "about_brand": 0.1, "needs_reply": 0}
TWEETS: dict[str, Says] = {
    "negative": {"crisis": 0, "churn": 0, "praise": 0, "purchase": 0, "promo": 0, "about_brand": 0.2},
    "neutral": {"crisis": 0, "churn": 0, "complaint": 0, "praise": 0, "suggestion": 0, "chatter": 0.9,
                "about_brand": 0.2, "needs_reply": 0.1},
    "positive": {"crisis": 0, "churn": 0, "complaint": 0, "suggestion": 0, "about_brand": 0.2, "needs_reply": 0.1},
}  # fmt: skip
SMS: dict[str, Says] = {
    "spam": _only("promo", about_brand=0.2, needs_reply=0.0),
    "ham": {"promo": 0, "crisis": 0, "chatter": 0.9, "about_brand": 0.0},
}

_PLEASED = {"admiration", "amusement", "approval", "caring", "excitement", "gratitude", "joy", "love", "optimism"}
_PLEASED |= {"pride", "relief"}
_DISPLEASED = {"anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment", "fear", "grief"}
_DISPLEASED |= {"nervousness", "remorse", "sadness"}


def goemotions_sentiment(emotions: Set[str]) -> str | None:
    """The sentiment all emotions of a comment agree on; None if they do not."""
    if emotions <= _PLEASED:
        return "positive"
    if emotions <= _DISPLEASED:
        return "negative"
    return "neutral" if emotions == {"neutral"} else None


def goemotions_says(emotions: Set[str], text: str) -> Says:
    """Reddit comments are talk among people: mostly chatter, rarely about a brand; questions are questions."""
    says: dict[str, float] = {"crisis": 0, "churn": 0, "promo": 0, "purchase": 0, "about_brand": 0.1}
    if emotions & {"curiosity", "confusion"} and "?" in text:
        return {**says, "question": 0.9, "praise": 0}
    says |= {"question": 0, "needs_reply": 0.1, "chatter": 0.9}
    if emotions & {"gratitude", "admiration"}:
        return {**says, "praise": 0.6, "complaint": 0, "chatter": 0.5}
    if emotions & {"disappointment", "annoyance"}:
        return {**says, "complaint": 0.4, "praise": 0, "chatter": 0.6}
    if emotions & _DISPLEASED:
        return {**says, "praise": 0}
    return {**says, "complaint": 0, "praise": 0.1}


def rated_sentiment(mean: float) -> str | None:
    """The sentiment of a mean rating from -4 to 4; None between the clear regions."""
    if abs(mean) < 0.4:
        return "neutral"
    if abs(mean) <= 0.8:
        return None
    return "positive" if mean > 0 else "negative"


def review_says(mean: float) -> Says:
    """Sentences of product reviews: about a brand; clearly bad ones complain, clearly good ones praise."""
    says: dict[str, float] = {"crisis": 0, "churn": 0, "promo": 0, "about_brand": 0.9}
    if mean < -1:
        return {**says, "complaint": 0.8, "praise": 0}
    if mean > 1.2:
        return {**says, "praise": 0.8, "complaint": 0, "needs_reply": 0.2}
    return says


_BANKING_PROBLEMS = re.compile(
    r"not_recognised|failed|declined|wrong|twice|not_received|not_working|swallowed|compromised|reverted|not_updated"
    r"|not_showing|charged$|extra_charge|pending|unable|card_arrival|blocked|lost_or_stolen|not_allowed",
    re.IGNORECASE,
)
_BANKING_ORDERS = {"getting_spare_card", "order_physical_card", "getting_virtual_card", "get_disposable_virtual_card"}


def banking_says(category: str) -> Says:
    """Customers to their bank: all need an answer; each of the 77 is a question, a problem or an order."""
    if category == "terminate_account":
        return _only("churn", about_brand=1.0, needs_reply=1.0)
    says = _only("question", about_brand=1.0, needs_reply=1.0)
    if _BANKING_PROBLEMS.search(category):
        return {**says, "complaint": 0.7, "question": 0.6}
    return {**says, "purchase": 0.5} if category in _BANKING_ORDERS else says


_CLINC_PROBLEMS = {"card_declined", "damaged_card", "lost_luggage", "report_fraud", "account_blocked"}
_CLINC_QUESTIONS = {
    "application_status", "bill_balance", "bill_due", "carry_on", "direct_deposit", "exchange_rate", "expiration_date",
    "flight_status", "how_busy", "insurance", "interest_rate", "international_fees", "min_payment", "order_status",
    "redeem_rewards", "replacement_card_duration", "rewards_balance", "accept_reservations", "confirm_reservation",
    "report_lost_card", "pin_change", "travel_alert", "nutrition_info", "international_visa",
}  # fmt: skip
_CLINC_ORDERS = {
    "order",
    "new_card",
    "book_flight",
    "book_hotel",
    "restaurant_reservation",
    "car_rental",
    "order_checks",
}
_CLINC_TALK = {
    "greeting", "goodbye", "tell_joke", "fun_fact", "flip_coin", "roll_dice", "meaning_of_life", "yes", "no", "maybe",
    "are_you_a_bot", "what_are_your_hobbies", "do_you_have_pets", "how_old_are_you", "where_are_you_from", "play_music",
    "next_song", "whisper_mode", "todo_list", "alarm", "timer", "reminder", "calendar", "weather", "time", "date",
}  # fmt: skip


def clinc_says(intent: str) -> Says:
    """What people say to an assistant, where it has a counterpart in mentions of a brand; else empty."""
    if intent in _CLINC_PROBLEMS:
        return _only("complaint", about_brand=0.9, needs_reply=1.0) | {"question": 0.5}
    if intent in _CLINC_QUESTIONS:
        return _only("question", about_brand=0.8, needs_reply=1.0)
    if intent in _CLINC_ORDERS:
        return _only("purchase", about_brand=0.8, needs_reply=1.0) | {"question": 0.5}
    if intent in _CLINC_TALK:
        return {
            "crisis": 0,
            "churn": 0,
            "complaint": 0,
            "praise": 0,
            "chatter": 0.9,
            "about_brand": 0,
            "needs_reply": 0.1,
        }
    return {}


_BITEXT = {
    "complaint": ("complaint",), "payment_issue": ("complaint",), "registration_problems": ("complaint",),
    "delete_account": ("churn",), "place_order": ("purchase",),
}  # fmt: skip


def bitext_says(intent: str) -> Says:
    """Requests to a shop's support: all need an answer; what is no problem, order or farewell is a question."""
    if intent in ("review", "cancel_order"):
        return {"crisis": 0, "promo": 0, "about_brand": 1.0, "needs_reply": 1.0}
    return _only(*_BITEXT.get(intent, ("question",)), about_brand=1.0, needs_reply=1.0)


BRANDS = (
    "Arkwell", "Bixly", "Brightnook", "Chompster", "Corvanta", "Cribbly", "Dapplegrove", "Fennbrook", "Ferrowind",
    "Gulpa", "Halcyne", "Hoverly", "Kestrelair", "Klarvo", "Lumivo", "Marrowdale", "Meridoc", "Mirabo", "Nuvaro",
    "Oakvale", "Ondaro", "Pellwick", "Petalora", "Pharmora", "Quillon", "Rillstone", "Snuglet", "Solbeck",
    "Sprocketeer", "Tavolo", "Trundle", "Vintro", "Voltanea", "Wexcom", "Zephyrly",
)  # fmt: skip
"""The invented names in our seeds. Training swaps them, so that no name stands for a fate."""
BRAND = re.compile(rf"(?<!@)\b(?:{'|'.join(BRANDS)})\b", re.IGNORECASE)
