import pytest

from models.database import Database
from models.values import Platform, Resolution
from settings import Settings
from tests.house import arrive, at, by, conversation_of, make_brand, make_cast, post
from tests.triage.by_hand import read
from triage.conversations import find_conversation, whole
from triage.history import Refused
from triage.verbs import claim, resolve


@pytest.fixture
def acme(database: Database) -> int:
    return make_brand(database)


@pytest.fixture
def told(database: Database, acme: int) -> int:
    """Marta asks, we answer, she asks again, edits that; Jo stands in the same thread."""
    arrive(database, acme, [post("1", "marta", 0, "does it leak?"), post("2", "acme", 5, "no", to="1", thread="1")], 6)
    arrive(database, acme, [post("3", "marta", 7, "it does", to="2", thread="1"), post("4", "jo", 8, thread="1")], 9)
    arrive(database, acme, [post("3", "marta", 7, "it does!", to="2", thread="1")], 10)
    read(database, acme, {"1": ("question", 0.2, 0.9)}, 11)
    with database.reading() as session:
        return conversation_of(session, "marta").id or 0


def test_a_conversation_is_told_whole_with_its_posts_waits_and_history(database: Database, told: int) -> None:
    cast = make_cast(database)
    with database.writing() as session:
        claim(session, told, by=by(cast, "ana", 20))
        resolve(session, told, Resolution.NO_ANSWER, by=by(cast, "ana", 21), why="a joke after all")
    with database.reading() as session:
        found = whole(session, told, Settings())
    assert (found.row.id, found.row.author, found.others) == (told, "marta", 1)
    assert [(p["author"], p["own"], p["text"], p["editions"]) for p in found.posts] == [
        ("marta", False, "does it leak?", 1),
        ("acme", True, "no", 1),
        ("marta", False, "it does!", 2),
    ]
    assert [p["intent"] for p in found.posts] == ["question", None, None]
    assert [(w["started_at"], w["ended_at"], w["end"], w["seconds"]) for w in found.waits] == [
        (at(0), at(5), "answered", 300.0),
        (at(7), None, None, None),
    ]
    assert [(e["verb"], e["by"], e["why"]) for e in found.events] == [
        ("edited", "new_mention", ""),
        ("claimed", "ana@example.org", ""),
        ("resolved", "ana@example.org", "a joke after all"),
    ]


def test_a_conversation_that_is_not_there_is_refused_kindly(database: Database, told: int) -> None:
    with database.reading() as session, pytest.raises(Refused, match="There is no conversation 999"):
        whole(session, 999, Settings())


@pytest.mark.parametrize("words", ["x:3", "X:3", "twitter:3", "Twitter:3", " x:3 ", "x:2"])
def test_a_post_of_either_side_leads_to_its_conversation(database: Database, told: int, words: str) -> None:
    with database.reading() as session:
        assert find_conversation(session, words) == told
        assert find_conversation(session, f" {told} ") == told


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "marta", "x", "x:", ":3", "mastodon:3", "reddit:3", "x:99", "x:'; drop", "#1", "-1", "1.0", "²", "١٢",
        "2147483648", "9223372036854775808", "9" * 5000, "x:" + "9" * 5000, "x:\0",
    ],
)  # fmt: skip
def test_what_names_no_conversation_is_refused_and_never_breaks(database: Database, told: int, words: str) -> None:
    with database.reading() as session, pytest.raises(Refused) as refused:
        find_conversation(session, words)
    assert 10 < len(str(refused.value)) < 200


def test_a_long_number_is_taken_for_the_posts_id_it_is(database: Database, told: int) -> None:
    with database.reading() as session, pytest.raises(Refused, match="told as x:1790000000000000000"):
        find_conversation(session, "1790000000000000000")


def test_an_announcement_of_ours_has_no_conversation(database: Database, acme: int) -> None:
    arrive(database, acme, [post("1", "acme", 0, "our news")], 1)
    with database.reading() as session, pytest.raises(Refused, match="no conversation that holds"):
        find_conversation(session, "x:1")


def test_the_same_id_on_another_platform_is_another_post(database: Database, acme: int, told: int) -> None:
    arrive(database, acme, [post("3", "kim", 0, platform=Platform.REDDIT)], 1)
    with database.reading() as session:
        assert find_conversation(session, "reddit:3") != find_conversation(session, "x:3") == told


def test_a_post_two_brands_hold_leads_to_the_conversation_we_had_first(
    database: Database, acme: int, told: int
) -> None:
    arrive(database, make_brand(database, "Zenith"), [post("3", "marta", 7, "it does!", thread="1")], 30)
    with database.reading() as session:
        assert find_conversation(session, "x:3") == told
