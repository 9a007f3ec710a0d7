"""What a person says of a mention holds at once and for good: queue, band and need follow, and a re-reading waits."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from models import Correction, Event, Mention, Reading, Wait
from models.database import Database
from models.values import Band, Intent, Label, Sentiment
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.triage.by_hand import read
from tests.triage.verb_stage import queued
from triage import verbs
from triage.history import Refused
from triage.labels import WANTS, Labels, load_labels, with_words
from triage.queue import page
from triage.reading.judge import NEEDS_REPLY_AT_LEAST
from triage.verbs.labels import WORDS

BURNT = "smoke came out of the kettle lol"


class House:
    """Marta's mention, read by hand, and Ana who knows better."""

    def __init__(self, database: Database, said: tuple[str, float, float] = ("chatter", 0.3, 0.1)) -> None:
        self.database = database
        self.acme, self.cast = make_brand(database), make_cast(database)
        arrive(database, self.acme, [post("1", "marta", 0, BURNT)], 1)
        read(database, self.acme, {"1": said}, 2, confidence=0.2)
        with database.reading() as session:
            self.conversation = conversation_of(session, "marta").id or 0
            self.mention = session.exec(select(Mention.id)).one() or 0

    def correct(self, label: Label, said: str, minutes: float = 5, *, edition: int = 1, who: str = "ana") -> Correction:
        with self.database.writing() as session:
            return verbs.correct(session, self.conversation, self.mention, label, said,
                                 by=by(self.cast, who, minutes), edition=edition)  # fmt: skip

    def confirm(self, minutes: float = 5) -> list[Correction]:
        with self.database.writing() as session:
            return verbs.confirm(session, self.conversation, self.mention, by=by(self.cast, "ana", minutes), edition=1)

    def take_back(self, *corrections: Correction) -> None:
        with self.database.writing() as session:
            verbs.take_back(session, self.conversation, self.mention, by=by(self.cast, "ana", 6),
                            corrections=[c.id or 0 for c in corrections])  # fmt: skip

    def labels(self) -> Labels:
        with self.database.reading() as session:
            return load_labels(session, [self.mention])[self.mention]

    def wait(self) -> Wait:
        with self.database.reading() as session:
            found = session.exec(select(Wait)).one()
            session.expunge(found)
            return found

    def in_review(self) -> list[str]:
        from settings import Settings

        with self.database.reading() as session:
            return [r.author for r in page(session, now=at(60), settings=Settings(), view="review")]


def test_a_corrected_intent_moves_band_target_priority_and_the_queue_at_once(database: Database) -> None:
    house = House(database)
    assert (queued(database), house.wait().band) == ([], Band.LOW)
    house.correct(Label.INTENT, "crisis")
    wait = house.wait()
    assert (queued(database), wait.band, wait.target_seconds) == (["marta"], Band.URGENT, 1800)
    with database.reading() as session:
        found = conversation_of(session, "marta")
        assert found.due_at == at(30)
        assert (found.reasons["severity"], found.reasons["intent"]) == (40, 25)


def test_taken_back_everything_is_as_it_was(database: Database) -> None:
    house = House(database, ("complaint", 0.9, 0.8))

    def present() -> list[object]:
        wait = house.wait()
        return [wait.band, wait.target_seconds, house.labels(), queued(database), house.in_review()]

    before = present()
    said = house.correct(Label.INTENT, "promo")
    assert (queued(database), house.wait().band, house.in_review()) == ([], Band.LOW, [])
    house.take_back(said)
    assert present() == before
    with pytest.raises(Refused, match="taken back already"):
        house.take_back(said)


def test_the_reading_itself_is_never_changed_and_the_event_says_from_what_to_what(database: Database) -> None:
    house = House(database)
    house.correct(Label.SENTIMENT, "negative")
    with database.reading() as session:
        row = session.exec(select(Reading)).one()
        assert (row.sentiment, row.p_negative) == (Sentiment.NEUTRAL, 0.3)
        event = session.exec(select(Event).where(Event.verb == "corrected")).one()
        assert (event.before["sentiment"], event.after["sentiment"]) == ("neutral", "negative")
        kept = session.exec(select(Correction)).one()
        assert (kept.was, kept.said, kept.model_version, kept.platform) == ("neutral", "negative", "by hand", "x")
        assert (kept.said_by, kept.said_at) == (house.cast["ana"], at(5))
    assert (house.labels().p_negative, house.labels().corrected) == (1.0, frozenset({Label.SENTIMENT}))


def test_a_later_reading_of_the_same_words_does_not_overwrite_a_person(database: Database) -> None:
    house = House(database)
    house.correct(Label.INTENT, "crisis")
    read(database, house.acme, {"1": ("praise", 0.0, 0.0)}, 9, confidence=0.1)
    assert house.labels().intent == Intent.CRISIS
    assert (queued(database), house.wait().band, house.in_review()) == (["marta"], Band.URGENT, [])


def test_edited_words_are_read_anew_and_what_was_said_of_the_old_ones_holds_no_more(database: Database) -> None:
    house = House(database, ("crisis", 0.9, 1.0))
    house.correct(Label.INTENT, "praise")
    assert queued(database) == []
    arrive(database, house.acme, [post("1", "marta", 0, "now it burns")], 10)
    with pytest.raises(Refused, match="changed their words"):
        house.correct(Label.INTENT, "praise", 11)
    with pytest.raises(Refused, match="Nothing has read it yet"):
        house.correct(Label.INTENT, "praise", 11, edition=2)
    read(database, house.acme, {"1": ("crisis", 0.9, 1.0)}, 12)
    assert (house.labels().intent, queued(database)) == (Intent.CRISIS, ["marta"])


def test_of_two_words_the_later_one_holds_and_taken_back_the_earlier_one(database: Database) -> None:
    house = House(database)
    first = house.correct(Label.INTENT, "question", 5)
    second = house.correct(Label.INTENT, "complaint", 6, who="ben")
    assert (first.was, second.was, house.labels().intent) == ("chatter", "question", Intent.COMPLAINT)
    house.take_back(second)
    assert house.labels().intent == Intent.QUESTION


def test_a_confirmed_reading_leaves_the_review_and_moves_nothing(database: Database) -> None:
    house = House(database, ("complaint", 0.55, 0.6))
    before = (house.wait().band, queued(database), house.labels().p_negative)
    assert house.in_review() == ["marta"]
    kept = house.confirm()
    assert {(c.label, c.was == c.said) for c in kept} == {(n, True) for n in ("sentiment", "intent", "needs_reply")}
    assert (house.wait().band, queued(database), house.labels().p_negative, house.in_review()) == (*before, [])
    assert house.labels().corrected == frozenset()
    house.take_back(*kept)
    assert house.in_review() == ["marta"]


def test_a_band_that_a_person_said_stands_whatever_label_is_corrected(database: Database) -> None:
    house = House(database)
    with database.writing() as session:
        verbs.set_band(session, house.conversation, Band.NORMAL, by=by(house.cast, "mia", 4))
    house.correct(Label.INTENT, "crisis")
    assert house.wait().band == Band.NORMAL


def test_the_promise_of_a_wait_that_has_ended_stays_what_it_was(database: Database) -> None:
    house = House(database, ("crisis", 0.9, 1.0))
    arrive(database, house.acme, [post("2", "acme", 50, "sorry!", to="1", thread="1")], 51)
    house.correct(Label.INTENT, "chatter", 60)
    wait = house.wait()
    assert (wait.band, wait.target_seconds, wait.needs_answer) == (Band.URGENT, 1800, False)


@pytest.mark.parametrize(("said", "older", "expected"), [
    ("yes", False, True), ("no", True, False), ("yes", True, True), ("no", False, False),
])  # fmt: skip
def test_a_need_said_of_the_mention_goes_before_an_older_word_on_its_wait(
    database: Database, said: str, older: bool, expected: bool
) -> None:
    house = House(database)
    with database.writing() as session:
        verbs.set_needs_answer(session, house.conversation, older, by=by(house.cast, "ana", 4))
    kept = house.correct(Label.NEEDS_REPLY, said)
    assert (house.wait().needs_answer, queued(database)) == (expected, ["marta"] if expected else [])
    house.take_back(kept)
    assert house.wait().needs_answer is older


def test_a_need_taken_back_after_the_answer_is_said_of_the_wait_it_was_said_of_and_of_none_that_runs(
    database: Database,
) -> None:
    house = House(database)
    with database.writing() as session:
        verbs.set_needs_answer(session, house.conversation, True, by=by(house.cast, "ana", 3))
    kept = house.correct(Label.NEEDS_REPLY, "no", 4)
    arrive(database, house.acme, [post("2", "acme", 5, "it does that", to="1", thread="1")], 5.1)
    arrive(database, house.acme, [post("3", "marta", 5.5, "thx", to="2", thread="1")], 5.6)
    read(database, house.acme, {"3": ("chatter", 0.0, 0.0)}, 5.7)
    house.take_back(kept)
    with database.reading() as session:
        waits = session.exec(select(Wait).order_by(col(Wait.started_at))).all()
        assert [(w.needs_answer_said, w.needs_answer) for w in waits] == [(True, True), (None, False)]
    assert queued(database) == []


def test_that_one_of_two_mentions_needs_no_answer_leaves_the_word_on_the_whole_wait(database: Database) -> None:
    house = House(database)
    arrive(database, house.acme, [post("2", "marta", 3, "hello?", to="1", thread="1")], 4)
    with database.writing() as session:
        verbs.set_needs_answer(session, house.conversation, True, by=by(house.cast, "ana", 5))
    house.correct(Label.NEEDS_REPLY, "no", 6)
    assert (house.wait().needs_answer, queued(database)) == (True, ["marta"])


def test_a_word_holds_in_the_conversations_of_every_brand(database: Database) -> None:
    house = House(database)
    other = make_brand(database, "Zenith")
    arrive(database, other, [post("1", "marta", 0, BURNT)], 3)
    house.correct(Label.INTENT, "crisis")
    with database.reading() as session:
        assert {w.band for w in session.exec(select(Wait))} == {Band.URGENT}
        verbs_told = session.exec(select(Event.conversation_id).where(Event.verb == "corrected")).all()
        assert len(set(verbs_told)) == 2


@pytest.mark.parametrize(("label", "said"), [
    ("sentiment", "angry"), ("intent", "negative"), ("about_brand", "maybe"), ("needs_reply", "1"),
    ("language", "english"), ("language", "E1"), ("language", ""),
])  # fmt: skip
def test_what_no_label_is_is_refused(database: Database, label: str, said: str) -> None:
    house = House(database)
    with pytest.raises(Refused, match="is no "):
        house.correct(Label(label), said)


def test_a_mention_of_another_conversation_a_deleted_one_and_our_own_are_refused(database: Database) -> None:
    house = House(database)
    arrive(database, house.acme, [post("9", "jo", 0), post("2", "acme", 1, "hi", to="1", thread="1")], 5)
    with database.reading() as session:
        others = [m.id or 0 for m in session.exec(select(Mention).where(col(Mention.external_id).in_(["9", "2"])))]
    mine = house.mention
    for house.mention in others:
        with pytest.raises(Refused, match="does not stand in this conversation"):
            house.correct(Label.INTENT, "crisis")
    house.mention = mine
    arrive(database, house.acme, [post("1", "marta", 0, deleted=True)], 7)
    with pytest.raises(Refused, match="deleted"):
        house.correct(Label.INTENT, "crisis", edition=1)


def one(**changed: object) -> Labels:
    base: dict[str, object] = {
        "sentiment": Sentiment.NEGATIVE, "p_negative": 0.6, "p_neutral": 0.3, "p_positive": 0.1,
        "intent": Intent.COMPLAINT, "intents": {i.value: 0.4 for i in Intent}, "about_brand": 0.8, "needs_reply": 0.6,
        "language": "en", "confidence": 0.4, "model_version": "m",
    }  # fmt: skip
    return Labels(**(base | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("intent", Intent)
def test_nothing_graver_than_the_intent_that_was_said_holds(intent: Intent) -> None:
    held = with_words(one(intent=Intent.CHATTER if intent != Intent.CHATTER else Intent.CRISIS),
                      {Label.INTENT: intent.value})  # fmt: skip
    order = list(Intent)
    graver = order[: order.index(intent)]
    assert {held.intents[g] for g in graver} <= {0.0}
    assert held.intents[intent] == 1.0
    assert (held.needs_reply >= 0.5) == (intent in WANTS)


WORD: Callable[[Label, str], dict[Label, str]] = lambda label, said: {label: said}  # noqa: E731


def test_words_that_agree_change_no_probability() -> None:
    read_as = one()
    agreed = {Label.SENTIMENT: "negative", Label.INTENT: "complaint", Label.LANGUAGE: "en"}
    held = with_words(read_as, agreed)
    assert (held.p_negative, held.intents, held.needs_reply) == (0.6, read_as.intents, 0.6)
    assert (held.corrected, held.said, held.in_doubt) == (frozenset(), frozenset(agreed), None)


@pytest.mark.parametrize(("threshold", "agreeing", "otherwise"), [(0.5, "yes", 0.0), (0.7, "no", 1.0)])
def test_a_word_on_the_need_changes_it_only_where_it_disagrees_with_what_the_setting_makes_of_it(
    threshold: float, agreeing: str, otherwise: float
) -> None:
    disagreeing = {"yes": "no", "no": "yes"}[agreeing]
    held = with_words(one(), WORD(Label.NEEDS_REPLY, agreeing), threshold)
    assert (held.needs_reply, held.corrected) == (0.6, frozenset())
    held = with_words(one(), WORD(Label.NEEDS_REPLY, disagreeing), threshold)
    assert (held.needs_reply, held.corrected) == (otherwise, frozenset({Label.NEEDS_REPLY}))


def test_that_it_is_about_us_changes_nothing_where_the_reading_said_so() -> None:
    assert with_words(one(), WORD(Label.ABOUT_BRAND, "yes")).about_brand == 0.8
    assert with_words(one(about_brand=0.2), WORD(Label.ABOUT_BRAND, "no")).about_brand == 0.2
    assert with_words(one(about_brand=0.2), WORD(Label.ABOUT_BRAND, "yes")).about_brand == 1.0


@pytest.mark.parametrize("needs_reply", [0.6, 0.4])
def test_looks_right_leaves_priority_and_its_reasons_as_they_were(database: Database, needs_reply: float) -> None:
    house = House(database, ("complaint", 0.55, needs_reply))

    def weighed() -> tuple[object, ...]:
        with database.reading() as session:
            found = conversation_of(session, "marta")
            return found.priority, found.reasons, found.band, found.needs_answer

    before = weighed()
    house.confirm()
    assert weighed() == before


def test_what_is_not_about_us_needs_no_answer_unless_somebody_says_so() -> None:
    assert with_words(one(), WORD(Label.ABOUT_BRAND, "no")).needs_reply < 0.5
    both = {Label.ABOUT_BRAND: "no", Label.NEEDS_REPLY: "yes"}
    assert with_words(one(), both).needs_reply == 1.0


def test_what_wants_an_answer_is_what_the_reading_takes_for_it() -> None:
    assert {i.value: n for i, n in WANTS.items()} == NEEDS_REPLY_AT_LEAST
    assert set(WORDS) == set(Label) - {Label.LANGUAGE}
