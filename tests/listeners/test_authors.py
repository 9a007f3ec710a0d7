import pytest
from sqlmodel import col, select

from listeners.authors import handle_key, resolve_authors
from listeners.feed_posts import FeedPlace, posts_of
from listeners.feed_shapes import ParsedAuthor, ParsedEntry, ParsedFeed
from listeners.html_text import as_text
from listeners.post import Writer
from models import Author, Brand, Mention, Mute
from models.database import Database
from models.values import Platform
from tests.conftest import NOON
from tests.house import arrive, conversation_of, make_brand, post, waits_of


def resolve(database: Database, *writers: Writer) -> list[int]:
    with database.writing() as session:
        found = resolve_authors(session, Platform.X, writers)
        return [found.ids[w] for w in writers]


def test_one_account_is_one_row_whatever_the_case_of_its_handle(database: Database) -> None:
    first, second = resolve(database, Writer(handle="Marta"), Writer(handle="@marta"))
    assert first == second == resolve(database, Writer(handle="MARTA"))[0]


def test_a_handle_and_an_id_in_one_batch_are_one_person_whichever_comes_first(database: Database) -> None:
    told, known = resolve(database, Writer(handle="marta"), Writer(handle="Marta", external_id="7"))
    assert told == known
    known, told = resolve(database, Writer(handle="jo", external_id="8"), Writer(handle="jo"))
    assert told == known
    with database.reading() as session:
        assert sorted(session.exec(select(Author.key))) == ["id:7", "id:8"]


def test_an_id_survives_a_change_of_handle(database: Database) -> None:
    (before,) = resolve(database, Writer(handle="marta", external_id="7"))
    (after,) = resolve(database, Writer(handle="marta_m", external_id="7"))
    assert before == after == resolve(database, Writer(handle="marta_m"))[0]


def test_a_handle_that_somebody_else_took_is_somebody_else(database: Database) -> None:
    (first,) = resolve(database, Writer(handle="marta", external_id="7"))
    (second,) = resolve(database, Writer(handle="marta", external_id="8"))
    assert first != second == resolve(database, Writer(handle="marta"))[0]


def test_the_newest_sighting_of_name_and_reach_stands_and_blanks_take_nothing_away(database: Database) -> None:
    resolve(database, Writer(handle="marta", external_id="7", name="Marta", followers=3, url="https://x.com/marta"))
    resolve(database, Writer(handle="marta", external_id="7", followers=0))
    with database.reading() as session:
        author = session.exec(select(Author)).one()
        assert (author.name, author.followers, author.url) == ("Marta", 0, "https://x.com/marta")


def test_an_import_of_old_posts_does_not_turn_a_handle_back(database: Database) -> None:
    brand = make_brand(database)
    arrive(database, brand, [post("2", "marta_m", 0, author_id="7", followers=900)], 1)
    arrive(database, brand, [post("1", "marta", -9, author_id="7", followers=3)], 2, imported=True)
    with database.reading() as session:
        author = session.exec(select(Author)).one()
        assert (author.handle, author.followers) == ("marta_m", 900)
        assert dict(session.exec(select(Mention.external_id, Mention.followers)).all()) == {"1": 3, "2": 900}


def test_a_muted_person_stays_muted_when_their_id_becomes_known(database: Database) -> None:
    brand = make_brand(database)
    arrive(database, brand, [post("1", "marta_old", 0, author_id="7")], 1)
    arrive(database, brand, [post("2", "marta", 1, thread="2")], 2)
    with database.writing() as session:
        author = session.exec(select(Author.id).where(Author.handle_key == "marta")).one()
        assert author is not None
        session.add(Mute(brand_id=brand, author_id=author, muted_at=NOON))
    arrive(database, brand, [post("3", "marta", 3, author_id="7", thread="3")], 4)
    with database.reading() as session:
        owner = session.exec(select(Author.id).where(Author.key == "id:7")).one()
        assert set(session.exec(select(Mention.author_id))) == {owner}
        assert owner in set(session.exec(select(Mute.author_id)))
        assert not conversation_of(session, "marta", "3").needs_answer
        assert len(waits_of(session, "marta")) == 3


@pytest.mark.parametrize(
    ("written", "key"), [("@Marta", "marta"), (" u/Marta ", "marta"), ("STRASSE", "strasse"), ("", "")]
)
def test_handles_are_compared_in_one_form(written: str, key: str) -> None:
    assert handle_key(written) == key


def test_a_very_long_handle_fits_its_index(database: Database) -> None:
    one, two = resolve(database, Writer(handle="品" * 5000), Writer(handle="x", external_id="9" * 5000))
    assert one != two
    with database.reading() as session:
        assert session.exec(select(Brand).where(col(Brand.name) == "none")).first() is None


@pytest.mark.parametrize("odd", ["An\x00na", "An\ud800na"])
def test_no_authors_name_or_address_keeps_a_batch_from_being_stored(odd: str, database: Database) -> None:
    acme = make_brand(database)
    entries = tuple(
        ParsedEntry(
            id=f"https://blog.example/{n}",
            link=f"https://blog.example/{n}?by={name}",
            title=as_text("Acme leaks", html=False),
            author=ParsedAuthor(name=name, uri=uri),
        )
        for n, (name, uri) in enumerate([(odd, ""), (odd, f"https://people.example/{odd}"), ("Ben", "")])
    )
    posts = posts_of(ParsedFeed(entries=entries), FeedPlace(first_url="https://blog.example/feed"), NOON)
    assert arrive(database, acme, posts, 1).mentions == 3
    assert arrive(database, acme, posts, 2).mentions == 0
    with database.reading() as session:
        names = set(session.exec(select(Author.name)))
        assert names == {"An\ufffdna", "Ben"}


def test_whoever_is_told_by_a_handle_is_the_account_that_took_the_posts_told_by_it(database: Database) -> None:
    (account,) = resolve(database, Writer(handle="robert", external_id="7"))
    (told,) = resolve(database, Writer(handle="bob"))
    assert told != account
    assert resolve(database, Writer(handle="bob", external_id="7")) == [account]
    assert resolve(database, Writer(handle="bob")) == [account], "and not the row that is left over"
