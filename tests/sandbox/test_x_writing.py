"""Answering on X, through tweepy: what is taken, what is refused and in which words."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import tweepy

from sandbox.records import Post
from sandbox.server import Sandbox, running
from sandbox.world import World, small_world
from sandbox.x_rules import DUPLICATE, GONE, NOT_SUMMONED, RESTRICTED
from tests.sandbox.clients import x_client
from tests.sandbox.conftest import NOW


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[tweepy.Client]:
    made = x_client(sandbox)
    yield made
    made.session.close()


@pytest.fixture
def call(world: World) -> Post:
    """Marta calls us."""
    return world.add("x", "marta", "@tarnbrook my kettle leaks", at=NOW - timedelta(hours=1))


def body_of(refused: pytest.ExceptionInfo[Any]) -> dict[str, Any]:
    told: dict[str, Any] = refused.value.response.json()
    return told


def forbidden(detail: str) -> dict[str, Any]:
    return {"title": "Forbidden", "type": "about:blank", "status": 403, "detail": detail}


def test_a_reply_is_made_with_its_id_and_stands_under_its_parent(
    world: World, client: tweepy.Client, call: Post
) -> None:
    made = client.create_tweet(text="Sorry! Which one?", in_reply_to_tweet_id=call.id)["data"]
    assert made == {"id": made["id"], "text": "@marta_brews Sorry! Which one?", "edit_history_tweet_ids": [made["id"]]}
    found = client.get_tweet(made["id"], tweet_fields=["referenced_tweets", "created_at", "conversation_id"])["data"]
    assert found["referenced_tweets"] == [{"type": "replied_to", "id": call.id}]
    assert (found["created_at"], found["conversation_id"]) == ("2026-03-04T12:00:00.000Z", call.id)
    stored = world.find("x", made["id"])
    assert stored is not None
    assert (stored.by, stored.text) == ("brand", "Sorry! Which one?")


def test_links_are_shortened_and_whom_we_name_is_not_named_twice(client: tweepy.Client, call: Post) -> None:
    made = client.create_tweet(text="@marta_brews see https://example.org/b44 & sorry", in_reply_to_tweet_id=call.id)
    words = made["data"]["text"].split()
    assert words[:2] == ["@marta_brews", "see"]
    assert words[2].startswith("https://t.co/")
    assert words[3:] == ["&amp;", "sorry"]


def test_an_app_without_a_user_may_not_write(sandbox: Sandbox, call: Post) -> None:
    client = x_client(sandbox)
    with pytest.raises(tweepy.Forbidden) as refused:
        client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id, user_auth=False)
    told = body_of(refused)
    assert (told["title"], told["status"]) == ("Unsupported Authentication", 403)
    assert "OAuth 2.0 Application-Only is forbidden" in told["detail"]


def test_a_wrong_signature_is_nobody(sandbox: Sandbox, call: Post) -> None:
    with pytest.raises(tweepy.Unauthorized):
        x_client(sandbox, access_token_secret="wrong").create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)


@pytest.mark.parametrize("text", ["a" * 280, "水" * 140, "b" * 256 + " https://example.org/" + "c" * 99])
def test_two_hundred_and_eighty_by_weight_are_taken_and_listed_whole(
    sandbox: Sandbox, client: tweepy.Client, call: Post, text: str
) -> None:
    made = client.create_tweet(text=text, in_reply_to_tweet_id=call.id)["data"]
    shown = client.get_tweet(made["id"], tweet_fields=["note_tweet"])["data"]
    assert shown["text"] == made["text"]
    assert "note_tweet" not in shown
    assert "…" not in shown["text"]


@pytest.mark.parametrize("text", ["a" * 281, "水" * 141, "b" * 257 + " https://example.org/"])
def test_more_is_too_long(client: tweepy.Client, call: Post, text: str) -> None:
    with pytest.raises(tweepy.BadRequest, match="Your Tweet text is too long"):
        client.create_tweet(text=text, in_reply_to_tweet_id=call.id)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{", "not valid JSON"),
        ("[]", "not an object"),
        ("{}", "needs a text"),
        ('{"text": "  "}', "needs a text"),
        ('{"text": 5}', "not a string"),
        ('{"text": "a", "colour": "red"}', r"$.colour: is not defined in the schema"),
        ('{"text": "a", "media": {"media_ids": ["1"]}}', r"$.media: is known to X"),
        ('{"text": "a", "reply": {}}', r"$.reply.in_reply_to_tweet_id: is missing"),
        ('{"text": "a", "reply": {"in_reply_to_tweet_id": 12}}', "does not match the regex pattern"),
    ],
)
def test_a_body_out_of_shape_is_invalid(sandbox: Sandbox, client: tweepy.Client, body: str, says: str) -> None:
    signed = client.session.request(
        "POST",
        "https://api.twitter.com/2/tweets",
        data=body,
        auth=tweepy.OAuth1UserHandler(*keys_of(sandbox)).apply_auth(),
        headers={"Content-Type": "application/json"},
    )
    assert signed.status_code == 400
    assert signed.json()["title"] == "Invalid Request"
    assert says in signed.json()["errors"][0]["message"]


def keys_of(sandbox: Sandbox) -> tuple[str, str, str, str]:
    keys = sandbox.world.keys
    return keys.x_consumer_key, keys.x_consumer_secret, keys.x_access_token, keys.x_access_token_secret


@pytest.mark.parametrize("gone", ["deleted", "to come", "never made"])
def test_what_is_not_there_cannot_be_answered(world: World, client: tweepy.Client, call: Post, gone: str) -> None:
    wanted = call.id
    if gone == "deleted":
        world.delete(call.key)
    elif gone == "to come":
        wanted = world.add("x", "marta", "@tarnbrook later", at=NOW + timedelta(hours=1)).id
    else:
        wanted = "1234567890123456789"
    with pytest.raises(tweepy.Forbidden) as refused:
        client.create_tweet(text="Sorry", in_reply_to_tweet_id=wanted)
    assert body_of(refused) == forbidden(GONE)


def test_only_who_calls_us_can_be_answered(world: World, client: tweepy.Client, call: Post) -> None:
    ours = world.add("x", "brand", "News!", at=NOW - timedelta(hours=2))
    unasked = world.add("x", "pavel", "my tarnbrook kettle leaks", at=NOW - timedelta(hours=1))
    quote = world.add("x", "pavel", "oh dear", kind="quote", re=ours.key, at=NOW - timedelta(hours=1))
    elsewhere = world.add("x", "pavel", "oh dear", kind="quote", re=call.key, at=NOW - timedelta(hours=1))
    under_us = world.add("x", "pavel", "and mine?", re=ours.key, at=NOW - timedelta(hours=1))
    beside_us = world.add("x", "pavel", "mine too", re=call.key, at=NOW - timedelta(hours=1))
    for n, post in enumerate((call, quote, under_us, ours)):
        assert client.create_tweet(text=f"Hello {n}", in_reply_to_tweet_id=post.id)["data"]["id"]
    for post in (unasked, elsewhere, beside_us):
        with pytest.raises(tweepy.Forbidden) as refused:
            client.create_tweet(text=f"Hello {post.key}", in_reply_to_tweet_id=post.id)
        assert body_of(refused) == forbidden(NOT_SUMMONED)


def test_an_enterprise_may_answer_everybody_but_not_where_replies_are_restricted(
    world: World, client: tweepy.Client
) -> None:
    world.enterprise = True
    unasked = world.add("x", "pavel", "my tarnbrook kettle leaks", at=NOW - timedelta(hours=1))
    assert client.create_tweet(text="Hello", in_reply_to_tweet_id=unasked.id)["data"]["id"]
    world.lock(unasked.key)
    with pytest.raises(tweepy.Forbidden) as refused:
        client.create_tweet(text="Hello again", in_reply_to_tweet_id=unasked.id)
    assert body_of(refused) == forbidden(RESTRICTED)


def test_the_same_text_again_is_a_duplicate_until_its_window_is_over(
    world: World, client: tweepy.Client, call: Post
) -> None:
    other = world.add("x", "pavel", "@tarnbrook mine too", at=NOW - timedelta(hours=1))
    client.create_tweet(text="We are  sorry", in_reply_to_tweet_id=call.id)
    for parent in (call, other):
        with pytest.raises(tweepy.Forbidden) as refused:
            client.create_tweet(text="We are sorry", in_reply_to_tweet_id=parent.id)
        assert body_of(refused) == forbidden(DUPLICATE)
    world.clock.advance(timedelta(hours=24))
    assert client.create_tweet(text="We are sorry", in_reply_to_tweet_id=other.id)["data"]["id"]


def test_a_user_has_a_hundred_posts_a_quarter_of_an_hour(sandbox: Sandbox, client: tweepy.Client, call: Post) -> None:
    spend(sandbox, "x write user", 100, timedelta(minutes=15), 99)
    client.create_tweet(text="the hundredth", in_reply_to_tweet_id=call.id)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        client.create_tweet(text="one more", in_reply_to_tweet_id=call.id)
    told = refused.value.response.headers
    assert (told["x-rate-limit-limit"], told["x-rate-limit-remaining"]) == ("100", "0")
    assert refused.value.reset_time == int((NOW + timedelta(minutes=15)).timestamp())
    sandbox.clock.advance(timedelta(minutes=15))
    assert client.create_tweet(text="one more", in_reply_to_tweet_id=call.id)["data"]["id"]


def test_an_app_has_ten_thousand_posts_a_day(sandbox: Sandbox, client: tweepy.Client, call: Post) -> None:
    spend(sandbox, "x write app", 10_000, timedelta(hours=24), 10_000)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        client.create_tweet(text="one more", in_reply_to_tweet_id=call.id)
    told = refused.value.response.headers
    assert (told["x-app-limit-24hour-limit"], told["x-app-limit-24hour-remaining"]) == ("10000", "0")
    assert told["x-app-limit-24hour-reset"] == str(int((NOW + timedelta(hours=24)).timestamp()))
    assert told["x-rate-limit-remaining"] == "99"


def spend(sandbox: Sandbox, name: str, limit: int, window: timedelta, times: int) -> None:
    for _ in range(times):
        sandbox.limiter.spend(name, limit, window, NOW)


def test_our_post_can_be_deleted_twice_and_another_persons_never(
    world: World, client: tweepy.Client, call: Post
) -> None:
    made = client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)["data"]["id"]
    assert [client.delete_tweet(made) for _ in range(2)] == [{"data": {"deleted": True}}] * 2
    assert client.get_tweet(made)["errors"][0]["title"] == "Not Found Error"
    with pytest.raises(tweepy.Forbidden, match="not authorized to delete"):
        client.delete_tweet(call.id)
    assert client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)["data"]["id"] != made


def test_the_new_vocabulary_names_the_history_its_way() -> None:
    world = small_world(NOW)
    call = world.add("x", "marta", "@tarnbrook hello", at=NOW - timedelta(hours=1))
    with running(world, new_names=True) as sandbox:
        made = x_client(sandbox).create_tweet(text="Hello", in_reply_to_tweet_id=call.id)["data"]
    assert made["edit_history_post_ids"] == [made["id"]]
    assert "edit_history_tweet_ids" not in made


def test_every_post_that_arrives_is_counted_by_parent_and_text(
    sandbox: Sandbox, client: tweepy.Client, call: Post
) -> None:
    client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    with pytest.raises(tweepy.Forbidden):
        client.create_tweet(text="Sorry", in_reply_to_tweet_id=call.id)
    client.create_tweet(text="Good morning")
    assert [sandbox.log.times_sent(*sent) for sent in ((call.id, "Sorry"), ("", "Good morning"), (call.id, "?"))] == [
        2,
        1,
        0,
    ]
    assert sandbox.log.most_sent() == 2
    told = httpx.post(f"{sandbox.url}/sandbox/sent", json={"parent": call.id, "text": "Sorry"}, timeout=60).json()
    assert told == {"times": 2, "most": 2}
    assert sandbox.log.counts()["POST /2/tweets"] == 3
    assert "Sorry" not in json.dumps(httpx.get(f"{sandbox.url}/sandbox/requests", timeout=60).json())
