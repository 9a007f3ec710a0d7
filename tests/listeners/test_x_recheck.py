"""LISTEN, X: only what X itself says is gone is gone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from listeners.errors import RateLimited
from listeners.post import Post
from listeners.x_ids import id_at
from listeners.x_recheck import XRechecker, open_x_recheck
from tests.listeners.x_server import Reply, Request, TinyX, serving, settings_for


@pytest.fixture
def x() -> Iterator[TinyX]:
    with serving() as tiny:
        tiny.rules.append(lambda request: looked_up(tiny, request))
        yield tiny


def looked_up(x: TinyX, request: Request) -> Reply | None:
    if request.path != "/2/tweets":
        return None
    asked = request.params["ids"].split(",")
    errors = [error(i) for i in asked if i not in x.posts]
    return Reply(body={"data": [x.posts[i] for i in asked if i in x.posts], "errors": errors})


def error(post_id: str, title: str = "Not Found Error") -> dict[str, Any]:
    return {"value": post_id, "resource_id": post_id, "parameter": "ids", "title": title, "resource_type": "tweet"}


def recheck(x: TinyX, ids: list[str], budget: float = 10.0) -> dict[str, Post]:
    return {p.external_id: p for p in XRechecker(settings_for(x), budget).recheck(ids)}


def test_present_posts_come_back_and_missing_ones_as_deleted(x: TinyX) -> None:
    here = x.add(timedelta(hours=1), text="still here")
    found = recheck(x, [here, "123"])
    assert (found[here].text, found[here].deleted) == ("still here", False)
    assert (found["123"].text, found["123"].deleted) == ("", True)


@pytest.mark.parametrize("title", ["Authorization Error", "Forbidden", "Not Found Error"])
def test_posts_of_protected_and_suspended_accounts_are_gone(x: TinyX, title: str) -> None:
    x.script = [Reply(body={"errors": [error("123", title)]})]
    assert recheck(x, ["123"])["123"].deleted


def test_an_id_x_says_nothing_about_is_not_called_deleted(x: TinyX) -> None:
    refused_field = {**error("4", "Field Authorization Error"), "field": "non_public_metrics"}
    trouble = [error("5", "Service Unavailable"), refused_field, error("999")]
    x.script = [Reply(body={"errors": trouble})]
    assert recheck(x, ["3", "4", "5"]) == {}


def test_an_edited_post_comes_back_as_its_newest_edition(x: TinyX) -> None:
    first, later = (id_at(datetime.now(UTC) - timedelta(minutes=m)) for m in (50, 40))
    now = datetime.now(UTC)
    x.put(first, now, "teh kettle", edit_history_tweet_ids=[first, later])
    x.put(later, now, "the kettle", edit_history_tweet_ids=[first, later])
    found = recheck(x, [first])
    assert set(found) == {later}
    assert (found[later].text, found[later].edit_of) == ("the kettle", first)


def test_an_edition_that_cannot_be_paid_for_leaves_the_one_that_was_read(x: TinyX) -> None:
    first, later = (id_at(datetime.now(UTC) - timedelta(minutes=m)) for m in (50, 40))
    x.put(first, datetime.now(UTC), "teh kettle", edit_history_tweet_ids=[first, later])
    assert set(recheck(x, [first], budget=0.005)) == {first}


def test_no_more_ids_are_asked_for_than_the_money_allows(x: TinyX) -> None:
    ids = [x.add(timedelta(hours=1), n) for n in range(10)]
    rechecker = XRechecker(settings_for(x), 0.02)
    assert len(rechecker.recheck(ids)) == 4
    assert rechecker.cost_usd == pytest.approx(0.02)
    assert rechecker.recheck(ids) == ()
    assert len(x.asked) == 1


def test_at_most_a_hundred_ids_are_asked_for_each_once(x: TinyX) -> None:
    ids = [x.add(timedelta(hours=1), n) for n in range(130)]
    assert len(recheck(x, ids + ids)) == 100
    assert len(x.asked[0].params["ids"].split(",")) == 100


def test_authors_are_not_expanded(x: TinyX) -> None:
    here = x.add(timedelta(hours=1))
    found = recheck(x, [here])
    assert "expansions" not in x.asked[0].params
    assert (found[here].author.handle, found[here].author.external_id) == ("", "5")


def test_trouble_is_a_listener_error(x: TinyX) -> None:
    x.script = [Reply(429, "")]
    with pytest.raises(RateLimited):
        open_x_recheck(settings_for(x), 1.0).recheck(["123"])
