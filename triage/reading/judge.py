"""TRIAGE, reading: the trained head and the words, joined.

In come the head's probabilities for one text and the evidence of its words; out go the probabilities a
reading tells. Rules only ever raise crisis, churn and question; `needs_reply` they raise and hold down:
rather one answer too many than one missing. It never looks at the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from triage.reading.head import INTENTS
from triage.reading.rules import Evidence

RULE_SAYS = 0.75
"""What words of danger or of leaving raise the probability of crisis or churn to."""
JEST_SAYS = 0.4
"""The same when the text laughs."""
QUESTION_SAYS = 0.6
QUESTION_AMONG_PEOPLE = 0.3
"""What a question raises the probability of question to: about a brand or to somebody, and among people."""
COMPLAINT_SAYS = 0.6
"""What a displeased text that follows something up raises the probability of complaint to."""
DISPLEASED = 0.35
"""From this `negative` on such a text counts as displeased, if it is not more pleased."""
COMMENDS_SOMETHING = 0.6
"""What `about_brand` at least counts as for praise of a service or a product."""
TO_THE_BRAND = 0.3
"""From this `about_brand` on, a text counts as about a product, a service or a brand."""

NEEDS_REPLY_AT_LEAST = {
    "crisis": 0.95, "churn": 0.8, "complaint": 0.6, "question": 0.6, "purchase": 0.6, "suggestion": 0.5,
}  # fmt: skip
"""Whoever is in danger, leaves, complains, asks, buys or proposes gets an answer, whatever the head says."""
ASKS_AT_LEAST = 0.55
FOLLOWS_UP_AT_LEAST = 0.6
COMPLAINS_TO_SOMEONE_AT_LEAST = 0.55
ADVERT_AT_MOST = 0.3
THANKS_AT_MOST = 0.35
PASSED_ON_AT_MOST = 0.4
NOTHING_SAID = 0.1
"""What `needs_reply` of a text without a single letter or emoji is held down to."""
GRAVE = ("crisis", "churn", "complaint")

IRONY_FROM, IRONY_COSTS, IRONY_MOST = 0.1, 2.0, 0.7
"""How much a suspicion of irony takes from the confidence: from this probability on, so many times what is above it, at
most so much. The model is rarely sure of irony, so even a third of a suspicion counts."""


def calibrated(probability: float, scale: float, shift: float) -> float:
    """A probability with its logit multiplied by `scale` and moved by `shift` (Platt 1999)."""
    safe = min(max(probability, 1e-9), 1 - 1e-9)
    return 1 / (1 + exp(-(scale * log(safe / (1 - safe)) + shift)))


def judged_intents(said: Mapping[str, float], words: Evidence) -> dict[str, float]:
    """The probabilities of INTENTS; praise must be of the brand; danger, leaving and asking are OR'ed in."""
    intents = {code: said[code] for code in INTENTS}
    intents["praise"] = min(intents["praise"], max(said["about_brand"], COMMENDS_SOMETHING * words.commends))
    if words.dangers:
        intents["crisis"] = max(intents["crisis"], JEST_SAYS if words.jests else RULE_SAYS)
    if words.leaves:
        intents["churn"] = max(intents["churn"], RULE_SAYS)
    if words.asks and not words.advertises and not _asks_for_more(said):
        to_somebody = said["about_brand"] >= TO_THE_BRAND or words.names_someone
        intents["question"] = max(intents["question"], QUESTION_SAYS if to_somebody else QUESTION_AMONG_PEOPLE)
    if words.follows_up and said["negative"] > max(said["positive"], DISPLEASED):
        intents["complaint"] = max(intents["complaint"], COMPLAINT_SAYS)
    return intents


def _asks_for_more(said: Mapping[str, float]) -> bool:
    """A question that the head knows for an order or a proposal is told as such."""
    return max(said["purchase"], said["suggestion"]) >= max(0.5, said["question"])


def judged_need(probability: float, intent: str, said: Mapping[str, float], words: Evidence) -> float:
    """`needs_reply`: the head's calibrated `probability`, made to agree with the primary intent and the words."""
    if not words.says_something:
        return min(probability, NOTHING_SAID)
    return min(max(probability, _at_least(intent, said, words)), _at_most(intent, said, words))


def _at_least(intent: str, said: Mapping[str, float], words: Evidence) -> float:
    displeased = said["negative"] > said["positive"]
    reasons = (
        (True, NEEDS_REPLY_AT_LEAST.get(intent, 0.0)),
        (words.asks, ASKS_AT_LEAST),
        (words.follows_up and (displeased or not words.thanks), FOLLOWS_UP_AT_LEAST),
        (words.names_someone and said["negative"] >= 0.5, COMPLAINS_TO_SOMEONE_AT_LEAST),
    )
    return max(least for holds, least in reasons if holds)


def _at_most(intent: str, said: Mapping[str, float], words: Evidence) -> float:
    if intent in GRAVE:
        return 1.0
    glad = words.thanks and said["positive"] > said["negative"] and not words.asks
    reasons = (
        (intent == "promo" or words.advertises, ADVERT_AT_MOST),
        (glad and intent in ("praise", "chatter"), THANKS_AT_MOST),
        (words.passes_on, PASSED_ON_AT_MOST),
    )
    return min((most for holds, most in reasons if holds), default=1.0)


def sureness(
    p_sentiment: float,
    intents: Mapping[str, float],
    intent: str,
    thresholds: Mapping[str, float],
    irony: float,
    trust: float,
) -> float:
    """How far a reading is to be believed, 0-1: the weaker of sentiment and intent, less for irony, times `trust`.

    An intent is sure if its probability, and that of every graver one, stands far from its threshold.
    `trust` is how far the language is mastered.
    """
    decisive = INTENTS[: INTENTS.index(intent) + 1]
    nearest = min(_distance(intents[code], thresholds[code]) for code in decisive if code != "chatter")
    return (
        min(p_sentiment, 0.5 + 0.5 * nearest)
        * (1 - min(IRONY_MOST, IRONY_COSTS * max(0.0, irony - IRONY_FROM)))
        * trust
    )


def _distance(probability: float, threshold: float) -> float:
    """How far a probability stands from its threshold, as a share of the way to 0 or 1."""
    if probability >= threshold:
        return (probability - threshold) / max(1 - threshold, 1e-9)
    return (threshold - probability) / threshold
