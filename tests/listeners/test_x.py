"""LISTEN, X: one source polled again and again ends with exactly what the platform had."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from listeners.base import Target
from listeners.errors import BadTarget, Gone, ListenerError, Refused, Unreachable
from listeners.post import Batch, Cursor
from listeners.x import XListener, open_x
from models.values import SourceKind
from tests.listeners.x_server import BRAND, Reply, TinyX, listener, serving, settings_for

HOUR, MINUTE, SECOND, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def x() -> Iterator[TinyX]:
    with serving() as tiny:
        yield tiny


def drained(source: XListener, cursor: Cursor | None = None, most: int = 60) -> tuple[list[Batch], set[str]]:
    """Fetch until there is no more right now, as the worker does, the cursor going through JSON as in the database."""
    batches: list[Batch] = []
    for _ in range(most):
        batch = source.fetch(json.loads(json.dumps(cursor)) if cursor else None)
        batches.append(batch)
        cursor = batch.cursor if batch.cursor is not None else cursor
        if not batch.more:
            return batches, {post.external_id for b in batches for post in b.posts}
    raise AssertionError("it never ends")


def many(x: TinyX, count: int, newest: timedelta = MINUTE, apart: timedelta = MINUTE) -> set[str]:
    return {x.add(newest + apart * n, number=n) for n in range(count)}


# ---------------------------------------------------------------- everything arrives, once


def test_a_first_poll_brings_everything_the_search_has(x: TinyX) -> None:
    expected = many(x, 37)
    batches, found = drained(listener(x))
    assert found == expected
    assert batches[0].requests == 1
    assert batches[0].gaps == ()
    assert [p.external_id for p in batches[0].posts] == sorted(expected, key=int)


def test_a_second_poll_brings_only_what_is_new_beside_the_overlap(x: TinyX) -> None:
    many(x, 20, newest=5 * MINUTE)
    cursor = listener(x).fetch(None).cursor
    new = {x.add(MINUTE), x.add(2 * MINUTE, 1)}
    batch = listener(x).fetch(cursor)
    assert new <= {p.external_id for p in batch.posts}
    assert len(batch.posts) < 20
    assert batch.cost_usd == pytest.approx(2 * 0.005), "what was read today is not paid for again, nor its author"


def test_polling_twice_from_the_same_cursor_is_harmless(x: TinyX) -> None:
    many(x, 12)
    cursor = listener(x, pages=1, budget=0.6).fetch(None).cursor
    first, second = listener(x).fetch(cursor), listener(x).fetch(cursor)
    assert first.posts == second.posts
    assert first.gaps == second.gaps


def test_a_page_cap_leaves_a_gap_that_later_fetches_fill_to_exactly_the_platforms_set(x: TinyX) -> None:
    expected = many(x, 750)
    first = listener(x, pages=2).fetch(None)
    assert len(first.posts) == 200
    assert first.more
    assert len(first.gaps) == 1
    assert not first.gaps[0].lost
    assert "2 pages" in first.gaps[0].reason
    batches, found = drained(listener(x, pages=2), first.cursor)
    assert found | {p.external_id for p in first.posts} == expected
    assert batches[-1].gaps == ()


def test_a_gap_keeps_its_key_from_poll_to_poll(x: TinyX) -> None:
    many(x, 500)
    first = listener(x, pages=1).fetch(None)
    second = listener(x, pages=1).fetch(first.cursor)
    assert [g.key for g in first.gaps] == [g.key for g in second.gaps]
    assert int(second.gaps[0].until) < int(first.gaps[0].until)


def test_new_posts_come_before_gaps(x: TinyX) -> None:
    many(x, 300, newest=10 * MINUTE)
    first = listener(x, pages=1).fetch(None)
    new = x.add(MINUTE)
    second = listener(x, pages=1).fetch(first.cursor)
    assert new in {p.external_id for p in second.posts}
    assert "since_id" in x.asked[1].params
    assert "until_id" not in x.asked[1].params
    assert "until_id" in x.asked[2].params


def test_posts_of_the_same_second_are_not_lost_at_a_page_border(x: TinyX) -> None:
    expected = {x.add(HOUR, number=n) for n in range(60)}
    _, found = drained(listener(x, pages=1, budget=0.2))
    assert found == expected
    assert {r.params["max_results"] for r in x.asked} == {"10"}


def test_a_crowd_within_one_second_beyond_the_page_cap_does_not_go_on_for_ever(x: TinyX) -> None:
    expected = {x.add(MINUTE, number=n) for n in range(350)}
    _, found = drained(listener(x, pages=1))
    assert found == expected


def test_a_post_that_appears_below_the_newest_one_is_still_found(x: TinyX) -> None:
    x.add(MINUTE)
    cursor = listener(x).fetch(None).cursor
    late = x.add(MINUTE + 40 * SECOND)
    batch = listener(x).fetch(cursor)
    assert late in {p.external_id for p in batch.posts}


def test_a_post_that_appears_late_is_found_although_gaps_were_filled_in_between(x: TinyX) -> None:
    many(x, 250, newest=3 * MINUTE)
    first = listener(x, pages=1).fetch(None)
    x.add(SECOND)
    batches, _ = drained(listener(x, pages=1), first.cursor)
    late = x.add(3 * MINUTE + 30 * SECOND, number=9_999)
    batch = listener(x).fetch(batches[-1].cursor)
    assert late in {p.external_id for p in batch.posts}


def test_a_process_killed_between_two_pages_polls_again_and_loses_nothing(x: TinyX) -> None:
    expected = many(x, 230)
    x.rules.append(lambda r: Reply(200, trouble="cut", body=b"x" * 100) if "next_token" in r.params else None)
    cut = listener(x).fetch(None)
    assert len(cut.posts) == 100
    assert len(cut.gaps) == 1
    assert not cut.more
    assert any("broken off" in note for note in cut.notes)
    x.rules.clear()
    assert drained(listener(x))[1] == expected, "nothing was saved: the same cursor again"
    assert drained(listener(x), cut.cursor)[1] | {p.external_id for p in cut.posts} == expected


def test_an_empty_search_is_no_failure(x: TinyX) -> None:
    batch = listener(x).fetch(None)
    assert batch.posts == ()
    assert batch.cost_usd == 0
    assert not batch.more
    assert batch.cursor is not None


def test_a_quiet_source_is_not_read_again_every_day(x: TinyX) -> None:
    x.add(DAY)
    cursor = listener(x).fetch(None).cursor
    assert listener(x).fetch(cursor).posts == ()


# ---------------------------------------------------------------- the 7-day window


def test_a_cursor_older_than_seven_days_goes_on_from_the_windows_start_and_says_what_is_lost(x: TinyX) -> None:
    old = x.add(9 * DAY)
    expected = many(x, 5)
    batch = listener(x).fetch({"since_id": old, "recheck_from": old})
    assert {p.external_id for p in batch.posts} == expected
    assert [(g.since, g.lost) for g in batch.gaps] == [(old, True)]
    assert not batch.more
    again = listener(x).fetch(batch.cursor)
    assert [g.key for g in again.gaps] == [g.key for g in batch.gaps], "told once, and not forgotten"


def test_a_since_id_that_x_refuses_is_dropped_once_even_if_our_clock_thinks_it_young(x: TinyX) -> None:
    x.ahead = timedelta(days=3)
    since = x.add(8 * DAY)
    expected = many(x, 4)
    batch = listener(x).fetch({"since_id": since, "recheck_from": since})
    assert {p.external_id for p in batch.posts} == expected
    assert [g.lost for g in batch.gaps] == [True]
    assert batch.requests == 2


def test_a_gap_that_left_the_window_is_lost_and_no_longer_asked_for(x: TinyX) -> None:
    since, until = x.add(10 * DAY), x.add(8 * DAY)
    newest = x.add(MINUTE)
    gap = {"key": until, "since": since, "until": until, "reason": "", "lost": False, "depth": 5}
    batch = listener(x).fetch({"since_id": newest, "recheck_from": newest, "gaps": [gap]})
    assert [(g.key, g.lost) for g in batch.gaps] == [(until, True)]
    assert all("until_id" not in r.params for r in x.asked)


def test_a_gap_half_out_of_the_window_is_filled_as_far_as_it_goes(x: TinyX) -> None:
    since, inside, until = x.add(8 * DAY), x.add(6 * DAY), x.add(5 * DAY)
    newest = x.add(MINUTE)
    gap = {"key": until, "since": since, "until": until, "reason": ""}
    batch = listener(x).fetch({"since_id": newest, "recheck_from": newest, "gaps": [gap]})
    assert inside in {p.external_id for p in batch.posts}
    assert [(g.since, g.lost) for g in batch.gaps] == [(since, True)]


def test_a_platform_clock_three_hours_behind_changes_nothing(x: TinyX) -> None:
    x.ahead = -timedelta(hours=3, minutes=7)
    expected = many(x, 130)
    batches, found = drained(listener(x, pages=1))
    assert found == expected
    assert all(p.posted_at and p.posted_at <= x.now for b in batches for p in b.posts)
    late = x.add(MINUTE + 50 * SECOND, number=77)
    assert late in {p.external_id for p in listener(x).fetch(batches[-1].cursor).posts}


# ---------------------------------------------------------------- money


def test_a_source_stops_before_a_page_that_could_cost_too_much_and_says_so(x: TinyX) -> None:
    many(x, 100)
    batch = listener(x, budget=0.5).fetch(None)
    assert int(x.asked[0].params["max_results"]) == 25, "0.5 USD / (0.005 + 0.010 + 0.005)"
    assert batch.cost_usd <= 0.5
    assert "00:00 UTC" in batch.limited
    assert not batch.more
    assert batch.retry_at
    assert batch.retry_at.hour == batch.retry_at.minute == 0
    assert batch.retry_at > datetime.now(UTC)
    assert len(batch.gaps) == 1
    assert "money" in batch.gaps[0].reason


def test_the_money_that_pages_did_not_cost_is_used_for_further_pages(x: TinyX) -> None:
    many(x, 100)
    batch = listener(x, budget=0.5).fetch(None)
    # One author in all: 25 posts cost 0.135, so more pages fit, each within what is left.
    assert len(batch.posts) > 50
    assert batch.cost_usd == pytest.approx(0.010 + 0.005 * len(batch.posts))


def test_without_money_for_the_smallest_page_nothing_is_asked_and_gaps_stay_known(x: TinyX) -> None:
    many(x, 300)
    first = listener(x, pages=1).fetch(None)
    asked = len(x.asked)
    batch = listener(x, budget=0.1).fetch(first.cursor)
    assert len(x.asked) == asked
    assert batch.requests == 0
    assert batch.cost_usd == 0
    assert batch.posts == ()
    assert "QUARTERDECK_X_DAILY_USD" in batch.limited
    assert [g.key for g in batch.gaps] == [g.key for g in first.gaps]


def test_day_after_day_a_small_budget_reads_everything_in_the_end(x: TinyX) -> None:
    expected, found, cursor = many(x, 60), set[str](), None
    for _ in range(20):
        batch = listener(x, budget=0.25).fetch(cursor)
        found |= {p.external_id for p in batch.posts}
        assert batch.cursor is not None
        cursor = {**batch.cursor, "paid": None}  # the next day
        if not batch.gaps:
            break
    assert found == expected


def test_yesterdays_reads_are_paid_again(x: TinyX) -> None:
    x.add(HOUR)
    cursor: dict[str, Any] = dict(listener(x).fetch(None).cursor or {})
    cursor["paid"] = {**cursor["paid"], "day": "2020-01-01"}
    assert listener(x).fetch(cursor).cost_usd == pytest.approx(0.015)


def test_own_reads_cost_a_fifth_and_the_account_is_asked_once(x: TinyX) -> None:
    many(x, 3)
    first = listener(x, SourceKind.X_MENTIONS, "", user=True).fetch(None)
    assert first.cost_usd == pytest.approx(0.010 + 3 * 0.001 + 0.010)
    listener(x, SourceKind.X_MENTIONS, "", user=True).fetch(first.cursor)
    assert [r.path for r in x.asked].count("/2/users/me") == 1


def test_own_posts_are_asked_without_paid_expansions_and_still_have_their_author(x: TinyX) -> None:
    x.add(HOUR, author_id="77")
    batch = listener(x, SourceKind.X_OWN, "", user=True).fetch(None)
    assert "expansions" not in x.asked[-1].params
    assert x.asked[-1].params["exclude"] == "retweets"
    (post,) = batch.posts
    assert (post.author.handle, post.author.external_id) == ("tarnbrook", "77")
    assert post.url == f"https://x.com/tarnbrook/status/{post.external_id}"


# ---------------------------------------------------------------- timelines


def test_mentions_are_asked_with_the_users_keys(x: TinyX) -> None:
    listener(x, SourceKind.X_MENTIONS, "@Tarnbrook", user=True).fetch(None)
    assert [r.path for r in x.asked] == ["/2/users/me", "/2/users/77/mentions"]
    assert all(r.headers["authorization"].startswith("OAuth ") for r in x.asked)
    assert all(r.headers["x-original-host"] == "api.twitter.com" for r in x.asked)


def test_with_an_app_key_alone_the_handle_is_looked_up_and_full_price_counted(x: TinyX) -> None:
    many(x, 2)
    batch = listener(x, SourceKind.X_MENTIONS, "tarnbrook").fetch(None)
    assert x.asked[0].path == "/2/users/by/username/tarnbrook"
    assert x.asked[0].headers["authorization"] == "Bearer app"
    assert batch.cost_usd == pytest.approx(0.010 + 2 * 0.005 + 0.010)


def test_an_unknown_handle_is_gone(x: TinyX) -> None:
    missing = {"errors": [{"title": "Not Found Error", "detail": "Could not find user with username: [x]."}]}
    x.script = [Reply(body=missing)]
    with pytest.raises(Gone, match="Could not find user"):
        listener(x, SourceKind.X_MENTIONS, "nobody").fetch(None)


def test_an_empty_target_without_user_keys_names_the_settings(x: TinyX) -> None:
    with pytest.raises(Refused, match="QUARTERDECK_X_ACCESS_TOKEN_SECRET"):
        listener(x, SourceKind.X_OWN, "").fetch(None)


def test_a_target_that_is_no_handle_is_a_bad_target(x: TinyX) -> None:
    with pytest.raises(BadTarget, match="handle"):
        listener(x, SourceKind.X_OWN, "me/../tweets").fetch(None)


def test_a_timeline_deeper_than_x_gives_ends_in_a_lost_gap_not_in_silence(x: TinyX) -> None:
    oldest = x.add(40 * DAY)
    many(x, 900)
    x.depth = 800
    batches, found = drained(
        listener(x, SourceKind.X_MENTIONS, "tarnbrook"), {"since_id": oldest, "recheck_from": oldest}
    )
    assert len(found) == 800
    (gap,) = batches[-1].gaps
    assert gap.lost
    assert gap.since == oldest
    assert "800" in gap.reason


def test_a_first_poll_of_a_long_timeline_simply_ends_at_its_depth(x: TinyX) -> None:
    many(x, 900)
    x.depth = 800
    batches, found = drained(listener(x, SourceKind.X_MENTIONS, "tarnbrook"))
    assert len(found) == 800
    assert batches[-1].gaps == ()


# ---------------------------------------------------------------- what is kept


def test_retweets_are_left_out_and_counted(x: TinyX) -> None:
    own = x.add(HOUR)
    x.add(2 * HOUR, referenced_tweets=[{"type": "retweeted", "id": own}])
    batch = listener(x).fetch(None)
    assert [p.external_id for p in batch.posts] == [own]
    assert batch.notes == ("1 retweets left out",)


def test_of_referenced_posts_only_our_own_come_out(x: TinyX) -> None:
    ours = {"id": "300", "text": "we wrote this", "author_id": BRAND.external_id, "conversation_id": "300"}
    theirs = {"id": "301", "text": "a stranger wrote this", "author_id": "9"}
    mention = {"id": "400", "text": "hm", "author_id": "5", "referenced_tweets": [{"type": "replied_to", "id": "300"}]}
    x.script = [Reply(body={"data": [mention], "includes": {"tweets": [ours, theirs]}, "meta": {}})]
    batch = listener(x).fetch(None)
    assert [p.external_id for p in batch.posts] == ["400", "300"]
    assert batch.posts[1].author.handle == "tarnbrook"


def test_match_keeps_only_posts_with_the_words(x: TinyX) -> None:
    kept = x.add(HOUR, text="the Kettle leaks")
    x.add(2 * HOUR, text="nothing to do with it")
    batch = listener(x, match="kettle").fetch(None)
    assert [p.external_id for p in batch.posts] == [kept]
    assert "--match" in batch.notes[0]


def test_match_never_hides_our_own_posts(x: TinyX) -> None:
    answer = x.add(HOUR, text="we are on it", author_id="77")
    batch = listener(x, SourceKind.X_OWN, "tarnbrook", match="kettle").fetch(None)
    assert [p.external_id for p in batch.posts] == [answer]


def test_a_match_without_a_usable_word_is_a_bad_target(x: TinyX) -> None:
    with pytest.raises(BadTarget, match="two letters"):
        listener(x, match="#").fetch(None)
    assert x.asked == []


def test_a_query_of_nothing_is_refused_before_any_request(x: TinyX) -> None:
    with pytest.raises(BadTarget):
        listener(x, target=' "" # ').fetch(None)
    assert x.asked == []


def test_pages_without_posts_that_promise_more_end_in_a_note(x: TinyX) -> None:
    x.rules.append(lambda r: Reply(body={"meta": {"result_count": 0, "next_token": "n"}}))
    batch = listener(x, pages=3).fetch(None)
    assert batch.requests == 3
    assert not batch.more
    assert "without posts" in batch.notes[0]


def test_a_damaged_cursor_is_read_as_far_as_it_makes_sense(x: TinyX) -> None:
    expected = many(x, 3)
    cursor = {"since_id": "abc", "gaps": ["x", {"until": "no"}, None], "paid": 7, "account": [], "ahead": None}
    assert {p.external_id for p in listener(x).fetch(cursor).posts} == expected


def test_opening_checks_keys_and_target_and_asks_nothing(x: TinyX) -> None:
    def opened(kind: SourceKind, target: str, bearer: str = "app", match: str = "") -> object:
        wanted = Target(kind=kind, target=target, match=match)
        return open_x(wanted, settings_for(x, bearer=bearer))

    assert isinstance(opened(SourceKind.X_SEARCH, "acme"), XListener)
    assert isinstance(opened(SourceKind.X_OWN, "@acme"), XListener)
    for kind, target, match in (
        (SourceKind.X_SEARCH, "#", ""),
        (SourceKind.X_OWN, "a b", ""),
        (SourceKind.X_OWN, "", ""),
    ):
        with pytest.raises(ListenerError):
            opened(kind, target, match=match)
    with pytest.raises(BadTarget):
        opened(SourceKind.X_SEARCH, "acme", match="#")
    with pytest.raises(Refused, match="QUARTERDECK_X_BEARER_TOKEN"):
        opened(SourceKind.X_SEARCH, "acme", bearer="")
    assert x.asked == []


def test_a_first_page_that_fails_raises(x: TinyX) -> None:
    x.script = [Reply(503, "busy")]
    with pytest.raises(Unreachable, match="503"):
        listener(x).fetch(None)


def test_a_rate_limit_in_the_middle_keeps_what_was_had(x: TinyX) -> None:
    expected = many(x, 150)
    reset = str(int((x.now + 5 * MINUTE).timestamp()))
    x.script = [None, Reply(429, "{}", {"x-rate-limit-reset": reset})]
    batch = listener(x).fetch(None)
    assert len(batch.posts) == 100
    assert "rate limit" in batch.limited
    assert not batch.more
    assert batch.retry_at
    assert timedelta(minutes=4) < batch.retry_at - datetime.now(UTC) <= timedelta(minutes=5, seconds=2)
    assert drained(listener(x), batch.cursor)[1] | {p.external_id for p in batch.posts} == expected
