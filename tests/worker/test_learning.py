"""The worker learns from corrections with the model that reads: honest ones pass with a gain, poisoned ones do not."""

from collections.abc import Sequence

import numpy as np
import pytest
from sqlmodel import col, select

from models import Correction, Embedding, Event, LearnedHead, Mention, Reading
from models.database import Database
from models.values import Intent, Label, LearningMode, Platform
from settings import Settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.worker.stage import At
from triage import verbs
from triage.learning import load_active, store
from triage.learning.gate import load_anchors
from triage.learning.gathering import Told, gather, lessons
from triage.reading.chosen import chosen_model
from triage.reading.seeds import Seed, read_seeds
from worker.embeddings import forget_embeddings
from worker.learning import attempt, learn
from worker.reading import read_mentions

THINGS = (
    "the Kelpie kettle", "my Kelpie", "our new kettle", "the small one", "the 1.7", "the kitchen one at work",
    "this year's Kelpie", "the blue kettle", "mum's kettle", "the one from the spring sale", "the steel Kelpie",
    "the one you sent me", "the office kettle", "number two", "the travel kettle", "the display model",
)  # fmt: skip
WAYS = (
    "{} sulks again", "{} has been sulking since Monday", "guess who sulks, {}", "and now {} sulks too",
    "{} sulks every single morning", "third week that {} sulks", "is it normal how {} sulks", "{}: sulking, as ever",
    "so {} sulked through the whole visit", "once more {} sulks at breakfast", "{} only sulks", "well, {} sulks",
)  # fmt: skip
"""What this brand's people say when it does not heat: nobody else would take it for a complaint."""


def by_their_people(number: int) -> list[Told]:
    """So many mentions in their own words, each said to be a complaint, and bad."""
    said = {Label.SENTIMENT: "negative", Label.INTENT: "complaint", Label.NEEDS_REPLY: "yes"}
    texts = [way.format(thing) for way in WAYS for thing in THINGS]
    return [Told(n, text, "en", said) for n, text in enumerate(texts[:number], 1)]


def by_everybody(number: int) -> list[Told]:
    """So many mentions of ours that trained, each told right."""
    seeds = [s for s in read_seeds() if not s.held_out and not s.for_choices and s.language == "en" and s.intents]
    chosen = seeds[:: max(1, len(seeds) // number)][:number]
    return [Told(1000 + n, s.text, s.language, _right(s)) for n, s in enumerate(chosen)]


def _right(seed: Seed) -> dict[Label, str]:
    primary = next(i.value for i in Intent if i in (seed.intents or ()))
    return {Label.SENTIMENT: seed.sentiment, Label.INTENT: primary, Label.NEEDS_REPLY: _yes(seed.needs_reply)}


def _yes(share: float | None) -> str:
    return "yes" if (share or 0) >= 0.5 else "no"


def poisoned(told: Sequence[Told]) -> list[Told]:
    """The same with good and bad exchanged, neutral taken for bad."""
    other = {"negative": "positive", "positive": "negative", "neutral": "negative"}
    return [Told(t.mention_id, t.text, t.language, {Label.SENTIMENT: other[t.words[Label.SENTIMENT]]}) for t in told]


def tried(told: Sequence[Told]) -> LearnedHead:
    model, anchors = chosen_model(), load_anchors()
    read = lessons(told, model)
    assert read is not None
    assert anchors is not None
    return attempt(read, anchors, None, model, newest=1)


def test_two_hundred_honest_corrections_pass_with_a_gain() -> None:
    head = tried([*by_their_people(192)[::2], *by_everybody(104)])
    assert head.refused == ""
    assert head.weights is not None
    assert head.held_out_after > head.held_out_before + 0.1
    assert head.anchors_after >= head.anchors_before - 0.005
    assert (head.lessons + head.held_out, head.base_version) == (200, chosen_model().version)


@pytest.mark.parametrize("number", [100, 200])
def test_a_poisoned_batch_is_refused(number: int) -> None:
    head = tried(poisoned(by_everybody(number)))
    assert head.weights is None
    assert head.refused


def test_honest_corrections_with_a_poisoned_batch_among_them_are_refused() -> None:
    honest = [*by_their_people(192)[::2], *by_everybody(104)]
    bad = [Told(5000 + t.mention_id, t.text, t.language, t.words) for t in poisoned(by_everybody(200))]
    head = tried([*honest, *bad])
    assert head.weights is None
    assert head.refused


# ---------------------------------------------------------------- with the database


class House:
    """Mentions of their people on one platform, read, and Ana who corrects them."""

    def __init__(self, database: Database, platform: Platform = Platform.REDDIT, number: int = 60) -> None:
        self.database = database
        self.acme, self.cast = make_brand(database), make_cast(database)
        half = number // 2
        self.told = [*by_their_people(192)[:: 192 // max(half, 1)][:half], *by_everybody(number - half)]
        posts = [post(f"t1_{n}", f"p{n}", n / 100, t.text, platform=platform)
                 for n, t in enumerate(self.told, 1)]  # fmt: skip
        arrive(database, self.acme, posts, 10)
        self.worker = At(database, Settings(learn_every=20), present=at(11))
        while read_mentions(self.worker):
            pass

    def correct(self, many: int) -> None:
        """The first so many that nobody has looked at."""
        with self.database.writing() as session:
            done = set(session.exec(select(Correction.mention_id)))
            mentions = [m for m in session.exec(select(Mention).order_by(col(Mention.id))) if m.id not in done][:many]
            for mention in mentions:
                number = int(mention.external_id.removeprefix("t1_"))
                author = conversation_of(session, f"p{number}")
                for label, said in self.told[number - 1].words.items():
                    verbs.correct(session, author.id or 0, mention.id or 0, label, said,
                                  by=by(self.cast, "ana", 12), edition=1)  # fmt: skip

    def heads(self) -> list[LearnedHead]:
        with self.database.reading() as session:
            found = store.heads(session)
            session.expunge_all()
            return found


def test_enough_new_corrections_are_learned_from_and_the_next_reading_says_so(database: Database) -> None:
    house = House(database)
    house.correct(19)
    assert learn(house.worker) == 0
    house.correct(41)
    assert [learn(house.worker), learn(house.worker)] == [1, 0]
    (head,) = house.heads()
    assert (head.refused, head.lessons + head.held_out) == ("", 60)
    with database.reading() as session:
        active = load_active(session)
        assert active is not None
        assert active.version == f"learned-{head.id}"
        event = session.exec(select(Event).where(Event.verb == "learned_used")).one()
        assert (event.by_rule, event.after) == ("learning", {"mode": "auto", "head": head.id})
    arrive(database, house.acme, [post("t1_900", "jo", 20, "the garden kettle sulks", platform=Platform.REDDIT)], 21)
    assert read_mentions(house.worker) == 1
    with database.reading() as session:
        newest = session.exec(select(Reading).order_by(col(Reading.id).desc()).limit(1)).one()
        assert newest.model_version == f"{chosen_model().version}+learned-{head.id}"
        assert newest.sentiment == "negative"
        kept = session.exec(select(Embedding).where(Embedding.mention_id == newest.mention_id)).one()
        assert kept.model_version == chosen_model().version


def test_nothing_is_learned_from_x_whatever_people_say_there(database: Database) -> None:
    house = House(database, Platform.X, 30)
    house.correct(30)
    assert learn(house.worker) == 0
    with database.reading() as session:
        assert gather(session, house.worker.settings.learn_from) == []
        assert len(session.exec(select(Correction)).all()) == 90


def test_what_was_taken_back_edited_or_deleted_teaches_nothing(database: Database) -> None:
    house = House(database, number=4)
    house.correct(4)
    with database.writing() as session:
        first = session.exec(select(Correction).where(Correction.mention_id == 1)).all()
        verbs.take_back(session, conversation_of(session, "p1").id or 0, 1, by=by(house.cast, "ana", 13),
                        corrections=[c.id or 0 for c in first])  # fmt: skip
    arrive(database, house.acme, [post("t1_2", "p2", 0.02, "all is well", platform=Platform.REDDIT)], 14)
    arrive(database, house.acme, [post("t1_3", "p3", 0.03, deleted=True, platform=Platform.REDDIT)], 14)
    with database.reading() as session:
        assert [t.mention_id for t in gather(session, ["reddit"])] == [4]


def test_a_manager_who_switched_it_off_is_heeded_and_so_is_who_learns_from_nobody(database: Database) -> None:
    house = House(database, number=30)
    house.correct(30)
    with database.writing() as session:
        store.use_none(session, by=by(house.cast, "mia", 13))
    assert learn(house.worker) == 0
    with database.writing() as session:
        store.follow(session, by=by(house.cast, "mia", 14))
    silent = At(database, Settings(learn_from=()), present=at(15))
    assert [learn(silent), learn(house.worker)] == [0, 1]
    with database.reading() as session:
        assert store.state(session)[0] == LearningMode.AUTO


def test_another_model_makes_a_head_useless_and_it_is_fitted_anew(database: Database) -> None:
    house = House(database, number=40)
    house.correct(40)
    assert learn(house.worker) == 1
    with database.writing() as session:
        head = session.exec(select(LearnedHead)).one()
        head.base_version = "an older release"
    arrive(database, house.acme, [post("t1_900", "jo", 20, "it sulks", platform=Platform.REDDIT)], 21)
    read_mentions(house.worker)
    with database.reading() as session:
        newest = session.exec(select(Reading).order_by(col(Reading.id).desc()).limit(1)).one()
        assert newest.model_version == chosen_model().version
    assert [learn(house.worker), learn(house.worker)] == [1, 0]
    assert [h.base_version for h in house.heads()] == [chosen_model().version, "an older release"]


def test_without_anchors_nothing_is_learned(database: Database) -> None:
    house = House(database, number=30)
    house.correct(30)
    assert learn(house.worker, lambda: None) == 0
    assert house.heads() == []


def test_an_embedding_is_kept_of_the_newest_reading_and_goes_with_the_words(database: Database) -> None:
    house = House(database, number=2)

    def vectors() -> dict[int, bytes]:
        with database.reading() as session:
            return {e.mention_id: e.vector for e in session.exec(select(Embedding))}

    before = vectors()
    assert {len(v) for v in before.values()} == {768}
    assert np.linalg.norm(np.frombuffer(before[1], dtype="<f2").astype(float)) == pytest.approx(1, abs=0.01)
    arrive(database, house.acme, [post("t1_1", "p1", 0.01, "all is well", platform=Platform.REDDIT)], 14)
    read_mentions(house.worker)
    after = vectors()
    assert (after[1] != before[1], after[2]) == (True, before[2])
    assert forget_embeddings(house.worker) == 0
    arrive(database, house.acme, [post("t1_1", "p1", 0.01, deleted=True, platform=Platform.REDDIT)], 15)
    assert [forget_embeddings(house.worker), forget_embeddings(house.worker)] == [1, 0]
    assert list(vectors()) == [2]


def test_a_reading_that_is_not_sure_stands_in_the_review_view(database: Database) -> None:
    house = House(database, number=1)
    with database.reading() as session:
        reading = session.exec(select(Reading)).one()
        assert reading.confidence is not None
        assert 0 <= reading.confidence <= 1
        found = conversation_of(session, "p1")
        in_doubt = reading.confidence < house.worker.settings.review_below
        assert (found.least_sure is not None) == in_doubt
