"""Signing in with a password, on both databases, and through the real server."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlmodel import col, func, select

from models import SignIn, SignInFailure, User
from models.database import Database
from models.values import Role
from tests.conftest import NOON
from tests.house import at, make_cast
from tests.workspace.conftest import Running, serving
from worker import signins
from worker.signins import SignInRefused, find, hash_of, sign_in
from worker.users import add_user, disable_user
from workspace.identity import COOKIE
from workspace.signin import local_path

PASSWORD = "a long passphrase"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""An old, weaker hash: quick to make, and to be made anew at the next sign-in."""


def with_password(database: Database) -> dict[str, int]:
    """The cast, Ana with a password."""
    cast = make_cast(database)
    with database.writing() as session:
        session.get_one(User, cast["ana"]).password_hash = QUICK.hash(PASSWORD)
    return cast


def refused(database: Database, email: str, password: str, minutes: float = 0) -> SignInRefused:
    with pytest.raises(SignInRefused) as told:
        sign_in(database, email, password, at(minutes))
    return told.value


def test_a_password_opens_a_session_and_only_its_hash_is_kept(database: Database) -> None:
    cast = with_password(database)
    token = sign_in(database, " Ana@Example.org ", PASSWORD, NOON)
    with database.reading() as session:
        found = find(session, hash_of(token), at(1))
        kept = session.exec(select(SignIn)).one()
    assert found is not None
    assert (found.user_id, found.name) == (cast["ana"], "Ana")
    assert len(token) >= 43  # 256 bits
    assert token not in str(kept.model_dump())


def test_an_old_hash_is_made_anew(database: Database) -> None:
    cast = with_password(database)
    sign_in(database, "ana@example.org", PASSWORD, NOON)
    with database.reading() as session:
        kept = session.get_one(User, cast["ana"]).password_hash or ""
    assert not PasswordHasher().check_needs_rehash(kept)
    assert PasswordHasher().verify(kept, PASSWORD)


def test_a_wrong_password_an_unknown_email_and_a_user_without_password_are_told_the_same(database: Database) -> None:
    with_password(database)
    tries = [("ana@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("ben@example.org", PASSWORD), ("", "")]
    assert len({str(refused(database, *one)) for one in tries}) == 1


def test_an_unknown_email_costs_a_verification_too(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, kept: str, told: str) -> bool:
        verified.append(kept)
        return bool(verify(hasher, kept, told))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    with_password(database)
    refused(database, "nobody@example.org", PASSWORD)
    assert [PasswordHasher().check_needs_rehash(kept) for kept in verified] == [False]


def test_five_failures_with_one_email_make_it_wait_and_nobody_else(database: Database) -> None:
    cast = with_password(database)
    with database.writing() as session:
        session.get_one(User, cast["ben"]).password_hash = QUICK.hash(PASSWORD)
    assert [refused(database, "ana@example.org", "wrong").wait for _ in range(6)] == [False] * 5 + [True]
    assert refused(database, "ana@example.org", PASSWORD, 14).wait
    assert sign_in(database, "ben@example.org", PASSWORD, at(1))
    assert sign_in(database, "ana@example.org", PASSWORD, at(16))


def test_a_success_forgets_the_failures_before_it(database: Database) -> None:
    with_password(database)
    for _ in range(4):
        refused(database, "ana@example.org", "wrong")
    sign_in(database, "ana@example.org", PASSWORD, NOON)
    assert not refused(database, "ana@example.org", "wrong").wait


def test_a_flood_over_many_emails_makes_everybody_wait_kindly(database: Database) -> None:
    with_password(database)
    with database.writing() as session:
        session.add_all(SignInFailure(email=f"{n}@example.org", at=NOON) for n in range(signins.FAILURES_OF_ALL))
    told = refused(database, "ana@example.org", PASSWORD, 1)
    assert told.wait
    assert "Please wait 15 minutes" in str(told)
    assert sign_in(database, "ana@example.org", PASSWORD, at(16))
    with database.reading() as session:
        assert session.exec(select(func.count(col(SignInFailure.id)))).one() == 0


@pytest.mark.parametrize(
    ("minutes", "open_still"),
    [(0, True), (12 * 60 - 1, True), (12 * 60 + 1, False), (7 * 24 * 60 + 1, False)],
)
def test_a_session_ends_unused_after_twelve_hours(database: Database, minutes: float, open_still: bool) -> None:
    with_password(database)
    token = sign_in(database, "ana@example.org", PASSWORD, NOON)
    with database.reading() as session:
        assert (find(session, hash_of(token), at(minutes)) is not None) == open_still


def test_a_session_that_is_used_lives_on_for_a_week_and_no_longer(database: Database) -> None:
    with_password(database)
    token = hash_of(sign_in(database, "ana@example.org", PASSWORD, NOON))
    for hour in range(10, 7 * 24, 10):
        with database.reading() as session:
            found = find(session, token, at(hour * 60))
        assert found is not None
        signins.seen(database, found, at(hour * 60))
    with database.reading() as session:
        assert find(session, token, NOON + timedelta(days=7) - timedelta(minutes=1)) is not None
        assert find(session, token, NOON + timedelta(days=7)) is None


def test_being_seen_is_written_once_in_five_minutes(database: Database) -> None:
    with_password(database)
    token = hash_of(sign_in(database, "ana@example.org", PASSWORD, NOON))
    for minutes in (1, 4, 6):
        with database.reading() as session:
            found = find(session, token, at(minutes))
        assert found is not None
        signins.seen(database, found, at(minutes))
    with database.reading() as session:
        assert session.exec(select(SignIn.seen_at)).one() == at(6)


def test_ending_a_session_or_all_of_a_user_closes_it(database: Database) -> None:
    cast = with_password(database)
    one, two = (hash_of(sign_in(database, "ana@example.org", PASSWORD, NOON)) for _ in range(2))
    with database.writing() as session:
        signins.end(session, one, at(1))
        assert find(session, one, at(1)) is None
        assert find(session, two, at(1)) is not None
        signins.end_all(session, cast["ana"], at(2))
        assert find(session, two, at(2)) is None


def test_a_user_who_is_disabled_and_comes_back_signs_in_anew(database: Database) -> None:
    with_password(database)
    token = hash_of(sign_in(database, "ana@example.org", PASSWORD, NOON))
    with database.writing() as session:
        disable_user(session, "ana@example.org")
        assert find(session, token, at(1)) is None
        add_user(session, "ana@example.org", Role.AMBASSADOR)
        assert find(session, token, at(1)) is None


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/", "/"), ("/?conversation=12", "/?conversation=12"), ("/reports?from=2026-01", "/reports?from=2026-01"),
        ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("", "/"), ("data:x", "/"),
        ("/\r\nset-cookie: a=b", "/"), ("/" + "a" * 3000, "/"),
    ],
)  # fmt: skip
def test_after_signing_in_nobody_is_sent_elsewhere(wanted: str, goes_to: str) -> None:
    assert local_path(wanted) == goes_to


# ---------------------------------------------------------------- through the server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Running]:
    """One workspace for the tests below; each uses people and sessions of its own."""
    with serving(tmp_path_factory.mktemp("signin"), sqlite_template, with_password) as started:
        yield started


def test_the_form_opens_a_session_with_a_careful_cookie_and_leads_on(running: Running) -> None:
    with running.client() as client:
        page = client.get("/reports", params={"from": "2026-01-01"})
        assert page.status_code == 200
        assert 'value="/reports?from=2026-01-01"' in page.text
        wrong = client.post("/sign-in", data={"email": "ana@example.org", "password": "<b>", "next": "/reports"})
        assert wrong.status_code == 401
        assert 'role="alert"' in wrong.text
        right = client.post("/sign-in", data={"email": "ana@example.org", "password": PASSWORD, "next": "/reports?a=1"})
        assert (right.status_code, right.headers["location"]) == (303, "/reports?a=1")
        cookie = right.headers["set-cookie"].lower()
        assert cookie.startswith(f"{COOKIE}=")
        assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "secure" not in cookie
        assert "Sign in" not in client.get("/").text


def test_what_somebody_typed_comes_back_as_text(running: Running) -> None:
    with running.client() as client:
        told = client.post(
            "/sign-in", data={"email": '"><script>x</script>', "password": "y", "next": '/"><img src=x>'}
        )
    assert "<script" not in told.text
    assert "<img" not in told.text
    assert "&lt;script&gt;" in told.text


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": ""}, {"sec-fetch-site": "cross-site"}],
)
def test_a_form_from_elsewhere_is_not_taken(running: Running, headers: dict[str, str]) -> None:
    with running.client("ada") as client:
        for path in ("/sign-in", "/sign-out"):
            told = client.post(path, data={"email": "ana@example.org", "password": PASSWORD}, headers=headers)
            assert told.status_code == 403
            assert "set-cookie" not in told.headers
        assert "Sign in" not in client.get("/").text


def test_signing_out_ends_the_row_so_a_copied_cookie_opens_nothing(running: Running) -> None:
    with running.client("mia") as client, running.client("mia") as copy:
        assert "Sign in" not in copy.get("/").text
        assert client.post("/sign-out").status_code == 303
        assert "Sign in" in copy.get("/").text
        assert copy.get("/events").status_code == 401
        assert copy.get("/_stcore/health").status_code == 401


def test_only_a_known_proxy_may_say_that_a_visitor_came_by_https(
    running: Running, tmp_path: Path, sqlite_template: Path
) -> None:
    told = {"email": "ana@example.org", "password": PASSWORD}
    with serving(tmp_path, sqlite_template, with_password, QUARTERDECK_TRUSTED_PROXIES="127.0.0.1") as behind:
        for server, secure in ((running, False), (behind, True)):
            with server.client() as client:
                answer = client.post("/sign-in", data=told, headers={"x-forwarded-proto": "https"})
            assert ("secure" in answer.headers["set-cookie"].lower()) == secure
            assert ("strict-transport-security" in answer.headers) == secure


def test_the_throttle_answers_with_429_and_a_kind_word(running: Running) -> None:
    with running.client() as client:
        answers = [client.post("/sign-in", data={"email": "ben@example.org", "password": "x"}) for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert "Please wait 15 minutes" in answers[-1].text


def test_a_form_too_large_to_be_ours_is_not_read(running: Running) -> None:
    with running.client() as client:
        told = {"email": "ana@example.org", "password": PASSWORD, "more": "x" * 100_000}
        assert client.post("/sign-in", data=told).status_code == 401


def test_one_click_opens_nothing_outside_the_demo(running: Running) -> None:
    with running.client() as client:
        assert 'name="as"' not in client.get("/").text
        told = client.post("/sign-in", data={"as": "ada@example.org"})
        assert told.status_code == 401
        assert "set-cookie" not in told.headers
