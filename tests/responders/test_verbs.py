"""TESTS: what people do with a reply: pairs, guards, roles, races; no word is lost on the way."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import Session, col, select

from models import Account, Event, Installation, Response
from models.database import Database
from models.response import ResponseStatus as Is
from models.values import Dismissal, Intent, Platform
from responders import verbs
from responders.checks import last_heard
from responders.drafts import add_note, get_draft, list_notes, save_draft
from responders.options import options
from settings import Settings
from tests.house import post
from tests.responders.stage import House, keys_for, open_house
from triage.history import By, Refused
from triage.verbs import assign, claim, dismiss

NOWHERE = "http://127.0.0.1:9"
TEXT = "Sorry! Which kettle is it?"


@pytest.fixture
def house(database: Database) -> House:
    """Marta called us on X; a grace of ten seconds; nobody answers at the platform's address."""
    made = open_house(database, keys_for(NOWHERE, grace_seconds=10))
    made.hear(post("900", "marta", 0, "@tarnbrook leaks", thread="900", mentioned=("tarnbrook",)))
    return made


def act(house: House, verb: Callable[..., Response], *args: object, name: str = "ana", **more: object) -> Response:
    """One verb in one transaction."""
    with house.database.writing() as session:
        return verb(session, *args, by=house.by(name), **more)


def say(house: House, text: str = TEXT, name: str = "ana", settings: Settings | None = None) -> Response:
    return act(house, verbs.respond, house.conversation("900"), text, name=name, settings=settings or house.settings)


def refusal(does: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        does()
    return str(refused.value)


def draft_of(house: House, name: str = "ana") -> str:
    with house.database.reading() as session:
        draft = get_draft(session, house.conversation("900"), house.cast[name])
        return draft.text if draft else ""


def history(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.exec(select(Event.verb).order_by(col(Event.id))))


def test_a_reply_is_approved_for_one_address_and_goes_out_after_the_grace(house: House) -> None:
    made = say(house)
    assert (made.status, made.origin, made.text) == (Is.APPROVED, NOWHERE, TEXT)
    assert made.due_at == made.written_at + timedelta(seconds=10)
    assert made.price_usd == 0.010
    assert history(house) == ["responded"]


def test_a_double_click_is_the_same_row(house: House) -> None:
    first = say(house)
    assert say(house).id == first.id
    assert history(house) == ["responded"]


def test_other_words_and_other_people_are_told_that_one_is_on_its_way(house: House) -> None:
    say(house)
    assert "Your reply is on its way" in refusal(lambda: say(house, "Something else"))
    assert "Ana's reply is on its way" in refusal(lambda: say(house, TEXT, "ben"))


def test_of_two_who_send_at_once_exactly_one_does(house: House) -> None:
    said: list[str] = []
    gate = threading.Barrier(4)

    def go(name: str, text: str) -> None:
        gate.wait()
        try:
            said.append(f"sent {say(house, text, name).id}")
        except Refused as refused:
            said.append(str(refused))

    threads = [threading.Thread(target=go, args=(n, t)) for n in ("ana", "ben") for t in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.database.reading() as session:
        assert len(session.exec(select(Response)).all()) == 1
    assert sum(s.startswith("sent") for s in said) == 1
    assert all("on its way" in s for s in said if not s.startswith("sent"))


def screen(house: House) -> dict[str, Any]:
    """What the verbs are told of the screen somebody looks at now."""
    with house.database.reading() as session:
        return {"settings": house.settings, "seen": last_heard(session, house.conversation("900"))}


def test_what_somebody_answered_since_the_screen_was_drawn_is_looked_at_first(house: House) -> None:
    told, about = screen(house), house.conversation("900")
    house.hear(post("901", "tarnbrook", 3, "A new base is on its way.", to="900", thread="900"))
    for verb in (verbs.respond, verbs.hand_off):
        said = refusal(lambda v=verb: act(house, v, about, TEXT, name="ben", **told))  # type: ignore[misc]
        assert said == "Somebody answered meanwhile: look whether yours is still needed."
    assert history(house) == []
    assert act(house, verbs.respond, about, TEXT, **screen(house)).status == Is.APPROVED


def test_what_they_wrote_or_edited_since_the_screen_was_drawn_is_read_first(house: House) -> None:
    told, about = screen(house), house.conversation("900")
    for words in ("@tarnbrook my hand is burned", "@tarnbrook both hands are burned"):
        house.hear(post("910", "marta", 4, words, to="900", thread="900"))
        assert "They wrote again just now" in refusal(lambda t=told: act(house, verbs.respond, about, TEXT, **t))  # type: ignore[misc]
        told = screen(house)
    assert "responded" not in history(house)


def test_a_clock_that_goes_ahead_elsewhere_stops_nobody(house: House) -> None:
    house.later(hours=1)
    house.hear(post("910", "marta", 4, "@tarnbrook my hand is burned", to="900", thread="900"))
    house.later(hours=-1)
    assert act(house, verbs.respond, house.conversation("900"), TEXT, **screen(house)).status == Is.APPROVED


def test_a_second_click_finds_its_row_whatever_was_said_since(house: House) -> None:
    told = screen(house)
    first = act(house, verbs.respond, house.conversation("900"), TEXT, **told)
    house.hear(post("901", "tarnbrook", 3, TEXT, to="900", thread="900"))
    assert act(house, verbs.respond, house.conversation("900"), TEXT, **told).id == first.id


def test_undo_within_the_grace_gives_the_words_back(house: House) -> None:
    with house.database.writing() as session:
        save_draft(session, house.conversation("900"), house.cast["ana"], TEXT, 7)
    made = say(house)
    assert draft_of(house) == ""
    back = act(house, verbs.undo, made.id)
    assert (back.status, draft_of(house)) == (Is.DISCARDED, TEXT)
    assert history(house) == ["responded", "undone"]
    assert "taken back already" in refusal(lambda: act(house, verbs.undo, made.id))
    assert say(house).id != made.id


def test_words_typed_since_stay_below_those_that_come_back(house: House) -> None:
    made = say(house)
    with house.database.writing() as session:
        save_draft(session, house.conversation("900"), house.cast["ana"], "and another thing", 3)
    act(house, verbs.undo, made.id)
    assert draft_of(house) == f"{TEXT}\n\nand another thing"


def test_a_late_saving_of_old_words_does_not_bring_a_sent_draft_back(house: House) -> None:
    conversation = house.conversation("900")
    with house.database.writing() as session:
        save_draft(session, conversation, house.cast["ana"], "half a", 1)
        save_draft(session, conversation, house.cast["ana"], TEXT, 2)
        assert save_draft(session, conversation, house.cast["ana"], "half a", 1).text == TEXT
    say(house)
    with house.database.writing() as session:
        assert save_draft(session, conversation, house.cast["ana"], TEXT, 3).text == ""
        assert save_draft(session, conversation, house.cast["ana"], "new", 4).text == "new"


def test_what_another_tab_has_typed_outlives_what_is_sent(house: House) -> None:
    with house.database.writing() as session:
        save_draft(session, house.conversation("900"), house.cast["ana"], "typed in another tab", 7)
    say(house)
    assert draft_of(house) == "typed in another tab"


def test_somebody_elses_reply_is_taken_back_by_managers_only(house: House) -> None:
    made = say(house)
    assert "somebody else's" in refusal(lambda: act(house, verbs.undo, made.id, name="ben"))
    assert act(house, verbs.undo, made.id, name="mia").status == Is.DISCARDED
    assert (draft_of(house, "ana"), draft_of(house, "mia")) == (TEXT, "")


def test_what_is_going_out_cannot_be_called_back(house: House) -> None:
    made = say(house)
    with house.database.writing() as session:
        session.get_one(Response, made.id).status = Is.FIRING
    for verb in (verbs.undo, verbs.discard):
        assert "cannot be called back" in refusal(lambda v=verb: act(house, v, made.id))  # type: ignore[misc]


def test_rules_and_strangers_never_speak(house: House) -> None:
    with house.database.writing() as session, pytest.raises(Refused, match="needs a person"):
        verbs.respond(
            session, house.conversation("900"), TEXT, by=By(at=house.now(), rule="shell"), settings=house.settings
        )


@pytest.mark.parametrize(("text", "said"), [
    ("", "Write something"), (" \n ", "Write something"), ("x" * 281, "1 characters too long"),
    ("a\x00b", "no platform"), ("a\ud800b", "no platform"), ("水" * 141, "2 characters too long"),
])  # fmt: skip
def test_words_that_cannot_go_out_are_refused_before_they_are_approved(house: House, text: str, said: str) -> None:
    assert said in refusal(lambda: say(house, text))
    assert history(house) == []


def test_a_link_makes_a_reply_on_x_dearer(house: House) -> None:
    assert say(house, "See https://tarnbrook.example/help").price_usd == 0.200


# ---------------------------------------------------------------- approval


def asking(house: House, *words: str) -> Settings:
    return house.settings.model_copy(update={"approve_intents": words})


def test_where_rules_ask_a_manager_other_than_the_writer_approves(house: House) -> None:
    settings = asking(house, "*")
    made = say(house, settings=settings)
    assert (made.status, made.due_at) == (Is.AWAITING_APPROVAL, None)
    assert "Only a manager" in refusal(lambda: act(house, verbs.approve, made.id, name="ben", settings=settings))
    approved = act(house, verbs.approve, made.id, name="mia", settings=settings)
    assert (approved.status, approved.approved_by) == (Is.APPROVED, house.cast["mia"])
    assert approved.due_at is not None
    assert history(house) == ["responded", "approved"]
    assert "approved already" in refusal(lambda: act(house, verbs.approve, made.id, name="ada", settings=settings))


def test_a_manager_does_not_approve_their_own_words(house: House) -> None:
    settings = asking(house, "*")
    made = say(house, name="mia", settings=settings)
    assert "own words" in refusal(lambda: act(house, verbs.approve, made.id, name="mia", settings=settings))
    assert act(house, verbs.approve, made.id, name="ada", settings=settings).status == Is.APPROVED


def test_a_returned_reply_is_its_writers_draft_with_the_reason(house: House) -> None:
    made = say(house, settings=asking(house, "*"))
    assert "Say why" in refusal(lambda: act(house, verbs.return_, made.id, name="mia", why=" "))
    back = act(house, verbs.return_, made.id, name="mia", why="Say which model.")
    assert (back.status, back.said, draft_of(house)) == (Is.DISCARDED, "Returned: Say which model.", TEXT)


def test_what_somebody_answered_meanwhile_is_not_approved(house: House) -> None:
    settings = asking(house, "*")
    made = say(house, settings=settings)
    house.later(seconds=5)
    house.hear(post("901", "tarnbrook", 3, "By hand", to="900", thread="900"))
    assert "answered meanwhile" in refusal(lambda: act(house, verbs.approve, made.id, name="mia", settings=settings))


@pytest.mark.parametrize("rules", [(), ("urgent",), ("praise",)])
def test_what_nobody_has_read_yet_counts_as_named_by_the_rules(house: House, rules: tuple[Intent, ...]) -> None:
    with house.database.reading() as session:
        told = options(session, house.conversation("900"), asking(house, *rules), house.now())
    assert told.needs_approval == bool(rules)


# ---------------------------------------------------------------- how, as whom, to whom


def test_it_is_known_how_as_whom_and_to_whom_before_anybody_types(house: House) -> None:
    with house.database.reading() as session:
        told = options(session, house.conversation("900"), house.settings, house.now())
    assert (told.how.value, told.account, told.to_handle, told.parent_external_id) == (
        "api",
        "tarnbrook",
        "marta",
        "900",
    )
    assert (told.price_usd, told.price_with_link_usd, told.limit, told.live) == (0.010, 0.200, 280, None)


def test_the_newest_post_that_calls_us_is_the_one_that_is_answered(house: House) -> None:
    house.hear(
        post("910", "marta", 4, "@tarnbrook still leaks", thread="900", to="900", mentioned=("tarnbrook",)),
        post("920", "marta", 5, "sigh", thread="900", to="910"),
    )
    with house.database.reading() as session:
        assert options(session, house.conversation("900"), house.settings, house.now()).parent_external_id == "910"


def test_keys_of_another_account_answer_nobody_for_us(house: House) -> None:
    stranger = house.settings.model_copy(update={"x_access_token": SecretStr("4711-secret")})
    with house.database.reading() as session:
        told = options(session, house.conversation("900"), stranger, house.now())
    assert (told.how.value, told.price_usd) == ("hand_off", None)
    assert "another account" in told.reason
    assert "another account" in refusal(lambda: say(house, settings=stranger))


def test_keys_that_are_not_complete_answer_nobody_and_say_so(house: House) -> None:
    house.hear(post("t1_1", "marta", 0, thread="t3_1", platform=Platform.REDDIT))
    partly = house.settings.model_copy(update={"reddit_client_secret": SecretStr("")})
    with house.database.reading() as session:
        whole = options(session, house.conversation("t1_1"), house.settings, house.now())
        told = options(session, house.conversation("t1_1"), partly, house.now())
    assert (whole.how.value, whole.account, whole.limit, whole.price_usd) == ("api", "tarnbrook_team", 10_000, None)
    assert told.how.value == "hand_off"
    assert "keys" in told.reason


def test_two_accounts_and_a_token_that_names_neither_answer_nobody(house: House) -> None:
    with house.database.writing() as session:
        session.add(
            Account(brand_id=house.brand_id, platform=Platform.X, handle="second", handle_key="second", origin=NOWHERE)
        )
    with house.database.reading() as session:
        assert options(session, house.conversation("900"), house.settings, house.now()).how.value == "hand_off"


def test_whom_nobody_called_is_answered_by_hand_only(house: House) -> None:
    house.hear(post("950", "pavel", 1, "my tarnbrook leaks", thread="950"))
    conversation = house.conversation("950")
    assert "did not mention us" in refusal(
        lambda: act(house, verbs.respond, conversation, TEXT, settings=house.settings)
    )
    handed = act(house, verbs.hand_off, conversation, TEXT, settings=house.settings)
    assert (handed.status, handed.due_at, handed.price_usd) == (Is.HANDED_OFF, None, None)
    back = act(house, verbs.take_back_hand_off, handed.id)
    assert back.status == Is.DISCARDED


def test_a_hand_off_needs_approval_where_a_reply_does(house: House) -> None:
    settings = asking(house, "*")
    made = act(house, verbs.hand_off, house.conversation("900"), TEXT, settings=settings)
    assert made.status == Is.AWAITING_APPROVAL
    assert act(house, verbs.approve, made.id, name="mia", settings=settings).status == Is.HANDED_OFF


def test_what_is_finished_or_somebody_elses_is_not_answered(house: House) -> None:
    conversation = house.conversation("900")
    with house.database.writing() as session:
        claim(session, conversation, by=house.by("ben"))
    assert "Ben has it" in refusal(lambda: say(house))
    with house.database.writing() as session:
        assign(session, conversation, house.cast["ana"], by=house.by("mia"))
        dismiss(session, conversation, Dismissal.SPAM, by=house.by("ana"))
    assert "dismissed already" in refusal(lambda: say(house))


def test_a_deleted_post_and_a_locked_thread_take_no_answer(house: House) -> None:
    house.hear(post("900", "marta", 0, deleted=True, thread="900"))
    with house.database.reading() as session:
        told = options(session, house.conversation("900"), house.settings, house.now())
    assert (told.how.value, told.reason, told.parent_mention_id) == ("no", "The post was deleted.", None)


def test_x_is_not_asked_for_the_same_words_twice_a_day(house: House) -> None:
    made = say(house)
    with house.database.writing() as session:
        row = session.get_one(Response, made.id)
        row.status, row.ended_at, row.external_id = Is.SENT, house.now(), "990"
    assert say(house).id == made.id
    house.hear(post("960", "pavel", 1, "@tarnbrook leaks", thread="960", mentioned=("tarnbrook",)))
    other = house.conversation("960")
    assert "only once a day" in refusal(lambda: act(house, verbs.respond, other, TEXT, settings=house.settings))
    assert act(house, verbs.respond, other, f"{TEXT} Pavel?", settings=house.settings).id != made.id


# ---------------------------------------------------------------- after doubt


def doubtful(house: House) -> Response:
    made = say(house)
    with house.database.writing() as session:
        row = session.get_one(Response, made.id)
        row.status, row.due_at = Is.UNCERTAIN, None
    return made


def test_after_doubt_a_person_sends_again_the_same_words_after_a_new_grace(house: House) -> None:
    made = doubtful(house)
    assert "may be public or not" in refusal(lambda: say(house, "Other words"))
    again = act(house, verbs.send_again, made.id, name="ben", settings=house.settings)
    assert (again.status, again.text, again.approved_by) == (Is.APPROVED, TEXT, house.cast["ben"])
    assert again.due_at is not None
    assert again.due_at - house.now() > timedelta(seconds=5)


@pytest.mark.parametrize(
    "told", ["1234", "https://x.com/tarnbrook/status/1234", "https://twitter.com/a/status/1234?s=20"]
)
def test_after_doubt_a_person_says_where_it_is(house: House, told: str) -> None:
    made = act(house, verbs.it_is_there, doubtful(house).id, told)
    assert (made.status, made.external_id) == (Is.UNCERTAIN, "1234")
    assert made.due_at is not None


@pytest.mark.parametrize("told", ["", "there", "https://x.com/tarnbrook", "t1_abc", "https://x.com/a/status/"])
def test_what_names_no_post_is_refused(house: House, told: str) -> None:
    made = doubtful(house)
    assert "link of our reply" in refusal(lambda: act(house, verbs.it_is_there, made.id, told))


def test_after_doubt_a_person_may_leave_it(house: House) -> None:
    made = act(house, verbs.discard, doubtful(house).id)
    assert (made.status, made.said, draft_of(house)) == (Is.DISCARDED, "Left as it is: it may be public.", "")


# ---------------------------------------------------------------- demo


def test_nothing_is_approved_in_a_demo_for_any_place_but_this_machine(house: House) -> None:
    with house.database.writing() as session:
        session.add(Installation(demo=True))
    real = house.settings.model_copy(update={"x_url": ""})
    with house.database.writing() as session:
        for account in session.exec(select(Account)):
            account.origin = ""
    assert "demo" in refusal(lambda: say(house, settings=real))
    far = house.settings.model_copy(update={"x_url": "https://127.0.0.1.evil.example"})
    assert "demo" in refusal(lambda: say(house, settings=far))


def test_notes_stay_among_the_team(house: House) -> None:
    conversation = house.conversation("900")
    with house.database.writing() as session:
        save_draft(session, conversation, house.cast["ben"], "ask the work", 1, kind="note")
        add_note(session, conversation, " ask the workshop ", by=house.by("ben"))
        assert [(n.text, u.name) for n, u in list_notes(session, conversation)] == [("ask the workshop", "Ben")]
        left = get_draft(session, conversation, house.cast["ben"], "note")
        assert left is not None
        assert left.text == ""
        with pytest.raises(Refused, match="Write something"):
            add_note(session, conversation, " ", by=house.by("ben"))
    assert history(house) == ["noted"]


def every_text(session: Session) -> str:
    return " ".join(str((e.before, e.after, e.why)) for e in session.exec(select(Event)))


def test_history_holds_nobodys_words(house: House) -> None:
    act(house, verbs.undo, say(house).id)
    with house.database.reading() as session:
        assert TEXT not in every_text(session)
