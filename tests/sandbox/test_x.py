"""X, through tweepy: what each address answers, its pages, limits and errors."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
import tweepy

from sandbox.ids import snowflake
from sandbox.server import Sandbox, running
from sandbox.world import World, small_world
from sandbox.x_text import user_id
from tests.sandbox.clients import RedirectOrigin, x_client
from tests.sandbox.conftest import NOW

OURS = user_id("tarnbrook")


def ids_of(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [post["id"] for post in answer.get("data", [])]


def pages_of(call: object, *given: object, **more: object) -> list[str]:
    return [post_id for page in tweepy.Paginator(call, *given, **more) for post_id in ids_of(page)]


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[tweepy.Client]:
    made = x_client(sandbox)
    yield made
    made.session.close()


def test_paging_through_a_search_gives_every_match_once(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "marta", f"kettle {n}", at=NOW - timedelta(minutes=n + 1)) for n in range(37)]
    world.add("x", "pavel", "a teapot", at=NOW - timedelta(minutes=5))
    assert pages_of(client.search_recent_tweets, "kettle", max_results=10) == [post.id for post in posts]


def test_a_post_that_arrives_while_paging_moves_no_page(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "marta", f"kettle {n}", at=NOW - timedelta(minutes=n + 1)) for n in range(20)]
    first = client.search_recent_tweets("kettle", max_results=10)
    world.add("x", "marta", "kettle late", at=NOW - timedelta(seconds=40))
    second = client.search_recent_tweets("kettle", max_results=10, next_token=first["meta"]["next_token"])
    assert ids_of(first) + ids_of(second) == [post.id for post in posts]


def test_search_sees_a_post_thirty_seconds_after_it_was_made(world: World, client: tweepy.Client) -> None:
    post = world.add("x", "marta", "kettle", at=NOW)
    world.clock.advance(timedelta(seconds=29))
    assert ids_of(client.search_recent_tweets("kettle")) == []
    assert ids_of(client.get_users_tweets(user_id("marta_brews"))) == [post.id]
    world.clock.advance(timedelta(seconds=1))
    assert ids_of(client.search_recent_tweets("kettle")) == [post.id]


def test_search_ends_after_seven_days_and_the_timelines_do_not(world: World, client: tweepy.Client) -> None:
    old = world.add("x", "marta", "@tarnbrook kettle", at=NOW - timedelta(days=7, seconds=1))
    young = world.add("x", "marta", "@tarnbrook kettle", at=NOW - timedelta(days=7) + timedelta(seconds=1))
    assert ids_of(client.search_recent_tweets("kettle")) == [young.id]
    assert ids_of(client.get_users_mentions(OURS)) == [young.id, old.id]


def test_since_id_within_the_window_is_taken_and_an_older_one_refused(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "marta", "kettle", at=NOW - timedelta(days=n)) for n in (3, 2, 1)]
    assert ids_of(client.search_recent_tweets("kettle", since_id=posts[0].id)) == [posts[2].id, posts[1].id]
    with pytest.raises(tweepy.BadRequest, match="'since_id' must be a tweet id created after"):
        client.search_recent_tweets("kettle", since_id=snowflake(NOW - timedelta(days=8)))


def test_since_id_beats_start_time(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "marta", "kettle", at=NOW - timedelta(days=n)) for n in (3, 2, 1)]
    found = client.search_recent_tweets("kettle", since_id=posts[0].id, start_time=NOW - timedelta(hours=30))
    assert ids_of(found) == [posts[2].id, posts[1].id]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"query": " "}, "can not be empty"),
        ({"query": "k" * 513}, "513 characters"),
        ({"query": "(kettle"}, "missing"),
        ({"query": "sample:10 kettle"}, "invalid operator"),
        ({"query": "lang:en -is:retweet"}, "positive"),
        ({"query": "kettle", "max_results": 9}, "not between 10 and 100"),
        ({"query": "kettle", "max_results": 101}, "not between 10 and 100"),
        ({"query": "kettle", "tweet_fields": ["colour"]}, "not one of"),
        ({"query": "kettle", "start_time": "2026-02-01T00:00:00Z"}, "'start_time' must be on or after"),
        ({"query": "kettle", "end_time": "2026-03-04T12:00:00Z"}, "minimum of 10 seconds"),
        ({"query": "kettle", "next_token": "nonsense"}, "not valid"),
    ],
)
def test_what_x_refuses_is_refused(client: tweepy.Client, given: dict[str, object], says: str) -> None:
    with pytest.raises(tweepy.BadRequest, match=says):
        client.search_recent_tweets(**given)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from:marta_brews", {"root", "link"}),
        ("to:tarnbrook", {"reply"}),
        ("@tarnbrook", {"root", "reply"}),
        ("#leak", {"root"}),
        ("has:links kettle", {"link", "quote"}),
        ("url:example.org", {"link"}),
        ("kettle is:quote", {"quote"}),
        ("kettle -is:quote -has:links", {"root"}),
        ("lang:de wasserkocher", {"german"}),
        ('"kettle leaks"', {"root"}),
    ],
)
def test_the_operators_people_use(world: World, client: tweepy.Client, query: str, found: set[str]) -> None:
    at = NOW - timedelta(hours=1)
    root = world.add("x", "marta", "@tarnbrook my kettle leaks #leak, badly", key="root", at=at)
    ours = world.add("x", "brand", "Sorry!", key="ours", re=root.key, at=at)
    world.add("x", "pavel", "same here", key="reply", re=ours.key, at=at)
    world.add("x", "marta", "kettle https://example.org/x", key="link", at=at)
    world.add("x", "pavel", "this kettle", key="quote", re=root.key, kind="quote", at=at)
    world.add("x", "pavel", "", key="repost", re=root.key, kind="repost", at=at)
    world.add("x", "pavel", "mein wasserkocher", key="german", language="de", at=at)
    by_id = {post.id: key for key, post in world.posts.items()}
    assert {by_id[post_id] for post_id in ids_of(client.search_recent_tweets(query))} == found


def test_a_conversation_is_found_by_its_id(world: World, client: tweepy.Client) -> None:
    root = world.add("x", "marta", "one", at=NOW - timedelta(hours=2))
    reply = world.add("x", "brand", "two", re=root.key, at=NOW - timedelta(hours=1))
    assert ids_of(client.search_recent_tweets(f"conversation_id:{root.id}")) == [reply.id, root.id]


def test_the_mentions_timeline_holds_none_of_ours(world: World, client: tweepy.Client) -> None:
    theirs = world.add("x", "marta", "@Tarnbrook hello", at=NOW - timedelta(hours=2))
    ours = world.add("x", "brand", "we are @tarnbrook", at=NOW - timedelta(hours=1))
    assert ids_of(client.get_users_mentions(OURS)) == [theirs.id]
    assert ids_of(client.get_users_tweets(OURS)) == [ours.id]


def test_the_mentions_timeline_ends_at_the_newest_eight_hundred(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "marta", "@tarnbrook", at=NOW - timedelta(minutes=n)) for n in range(805)]
    found = pages_of(client.get_users_mentions, OURS, max_results=100)
    assert found == [post.id for post in posts[:800]]


def test_a_page_of_a_timeline_can_be_turned_back(world: World, client: tweepy.Client) -> None:
    for n in range(12):
        world.add("x", "brand", f"{n}", at=NOW - timedelta(minutes=n))
    first = client.get_users_tweets(OURS, max_results=5)
    second = client.get_users_tweets(OURS, max_results=5, pagination_token=first["meta"]["next_token"])
    back = client.get_users_tweets(OURS, max_results=5, pagination_token=second["meta"]["previous_token"])
    assert ids_of(back) == ids_of(first)
    assert "previous_token" not in first["meta"]


def test_replies_and_reposts_can_be_left_out_of_a_timeline(world: World, client: tweepy.Client) -> None:
    root = world.add("x", "marta", "one", at=NOW - timedelta(hours=2))
    world.add("x", "brand", "two", re=root.key, at=NOW)
    world.add("x", "brand", "", re=root.key, kind="repost", at=NOW)
    own = world.add("x", "brand", "three", at=NOW)
    assert len(ids_of(client.get_users_tweets(OURS))) == 3
    assert ids_of(client.get_users_tweets(OURS, exclude=["replies", "retweets"])) == [own.id]


def test_only_the_fields_asked_for_are_given(world: World, client: tweepy.Client) -> None:
    post = world.add("x", "marta", "kettle", at=NOW)
    plain = client.get_tweet(post.id)["data"]
    asked = client.get_tweet(post.id, tweet_fields=["created_at", "lang"], expansions=["author_id"])
    assert plain.keys() == {"id", "text", "edit_history_tweet_ids"}
    assert asked["data"].keys() == plain.keys() | {"created_at", "lang", "author_id"}
    assert asked["data"]["created_at"] == "2026-03-04T12:00:00.000Z"
    assert [user.keys() for user in asked["includes"]["users"]] == [{"id", "name", "username"}]


def test_a_deleted_post_is_an_error_beside_the_others(world: World, client: tweepy.Client) -> None:
    kept, gone = (world.add("x", "marta", "kettle", at=NOW - timedelta(hours=n)) for n in (1, 2))
    world.delete(gone.key)
    answer = client.get_tweets([kept.id, gone.id])
    assert ids_of(answer) == [kept.id]
    assert [(wrong["resource_id"], wrong["title"]) for wrong in answer["errors"]] == [(gone.id, "Not Found Error")]
    assert ids_of(client.search_recent_tweets("kettle")) == [kept.id]
    assert client.get_tweet(gone.id).keys() == {"errors"}


def test_an_edit_has_a_new_id_in_the_same_conversation(world: World, client: tweepy.Client) -> None:
    post = world.add("x", "marta", "first kettle", at=NOW - timedelta(hours=1))
    edit = world.edit(post.key, "second kettle", NOW - timedelta(minutes=30)).edits[0]
    fields = ["conversation_id", "edit_history_tweet_ids"]
    found = client.search_recent_tweets("kettle", tweet_fields=fields)["data"]
    assert [(one["id"], one["text"], one["conversation_id"]) for one in found] == [(edit.id, "second kettle", post.id)]
    assert found[0]["edit_history_tweet_ids"] == [post.id, edit.id]
    assert client.get_tweet(post.id)["data"]["text"] == "first kettle"


def test_accounts_are_found_by_id_and_name_and_missing_ones_are_errors(client: tweepy.Client) -> None:
    assert client.get_me()["data"]["username"] == "tarnbrook"
    assert client.get_user(username="TARNBROOK")["data"]["id"] == OURS
    assert (
        client.get_user(id=OURS, user_fields=["public_metrics"])["data"]["public_metrics"]["followers_count"] == 18_400
    )
    assert client.get_user(username="nobody")["errors"][0]["resource_type"] == "user"
    found = client.get_users(usernames=["tarnbrook", "nobody"])
    assert ([user["username"] for user in found["data"]], len(found["errors"])) == (["tarnbrook"], 1)
    assert [user["id"] for user in client.get_users(ids=[OURS])["data"]] == [OURS]


def test_a_wrong_key_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(tweepy.Unauthorized):
        x_client(sandbox, bearer_token="wrong").search_recent_tweets("kettle")
    with pytest.raises(tweepy.Unauthorized):
        x_client(sandbox, access_token_secret="wrong").get_me()
    with pytest.raises(tweepy.Unauthorized):
        x_client(sandbox, consumer_key="wrong").get_me()


def test_an_app_token_alone_has_no_account(sandbox: Sandbox) -> None:
    with pytest.raises(tweepy.Forbidden, match="Application-Only is forbidden"):
        x_client(sandbox).get_me(user_auth=False)


def test_a_signed_search_with_difficult_letters_is_believed(world: World, sandbox: Sandbox) -> None:
    post = world.add("x", "marta", "tea & 水壶 100%", at=NOW - timedelta(hours=1))
    found = x_client(sandbox).search_recent_tweets('"tea" 水壶 -"a+b%20c"', user_auth=True)
    assert ids_of(found) == [post.id]


def test_the_limit_counts_down_ends_in_429_and_comes_back(world: World, sandbox: Sandbox) -> None:
    client = x_client(sandbox, return_type=requests.Response)
    answers = [client.get_me() for _ in range(75)]
    left = [int(answer.headers["x-rate-limit-remaining"]) for answer in answers]
    assert left == list(range(74, -1, -1))
    reset = int((NOW + timedelta(minutes=15)).timestamp())
    assert answers[0].headers["x-rate-limit-reset"] == str(reset)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        client.get_me()
    assert refused.value.response.json()["title"] == "Too Many Requests"
    world.clock.advance(timedelta(minutes=15))
    assert client.get_me().headers["x-rate-limit-remaining"] == "74"


def test_the_date_header_tells_the_platforms_time(sandbox: Sandbox) -> None:
    answer = x_client(sandbox, return_type=requests.Response).get_me()
    assert answer.headers["date"] == "Wed, 04 Mar 2026 12:00:00 GMT"


def test_three_hours_and_seven_minutes_behind_search_still_lags_thirty_seconds() -> None:
    world = small_world(offset=-timedelta(hours=3, minutes=7))
    now = world.clock.now()
    old = world.add("x", "marta", "kettle", at=now - timedelta(minutes=1))
    new = world.add("x", "marta", "kettle", at=now + timedelta(minutes=10))
    with running(world) as sandbox:
        client = x_client(sandbox)
        assert ids_of(client.search_recent_tweets("kettle")) == [old.id]
        world.clock.advance(timedelta(minutes=11))
        assert ids_of(client.search_recent_tweets("kettle")) == [new.id, old.id]


def test_in_the_new_words_answers_carry_the_new_names(world: World) -> None:
    root = world.add("x", "marta", "long kettle " * 40, at=NOW - timedelta(hours=2))
    world.add("x", "pavel", "kettle too", re=root.key, at=NOW - timedelta(hours=1))
    fields = ["referenced_tweets", "note_tweet", "public_metrics", "edit_history_tweet_ids"]
    with running(world, new_names=True) as sandbox:
        client = x_client(sandbox)
        found = client.search_recent_tweets("kettle", tweet_fields=fields, expansions=["referenced_tweets.id"])
    reply, first = found["data"]
    assert reply["referenced_posts"] == [{"type": "replied_to", "id": root.id}]
    assert first["note_post"]["text"].endswith("kettle")
    assert first["edit_history_post_ids"] == [root.id]
    assert "repost_count" in first["public_metrics"]
    assert [post["id"] for post in found["includes"]["posts"]] == [root.id]


def test_the_old_words_can_be_switched_off(world: World) -> None:
    world.add("x", "marta", "kettle", at=NOW - timedelta(hours=2))
    with running(world, new_names=True, old_names=False) as sandbox:
        client = x_client(sandbox)
        with pytest.raises(tweepy.BadRequest, match="not one of"):
            client.search_recent_tweets("kettle", tweet_fields=["lang"])
        params = {"query": "kettle", "post.fields": "lang,created_at", "expansions": "author_id"}
        keys = sandbox.world.keys
        with requests.Session() as session:
            session.mount("https://api.x.com", RedirectOrigin(sandbox.url))
            answer = session.get(
                "https://api.x.com/2/tweets/search/recent",
                params=params,
                headers={"Authorization": f"Bearer {keys.x_bearer}"},
            )
    assert answer.json()["data"][0].keys() >= {"lang", "created_at", "author_id"}


def test_bounds_by_id_and_time_take_in_what_x_says_they_do(world: World, client: tweepy.Client) -> None:
    posts = [world.add("x", "brand", str(n), at=NOW - timedelta(hours=n)) for n in (4, 3, 2, 1)]
    ids = [post.id for post in posts]
    assert ids_of(client.get_users_tweets(OURS, since_id=ids[0], until_id=ids[3])) == [ids[2], ids[1]]
    within = client.get_users_tweets(OURS, start_time=posts[1].made_at, end_time=posts[3].made_at)
    assert ids_of(within) == [ids[2], ids[1]]


def test_a_locked_thread_says_who_may_answer(world: World, client: tweepy.Client) -> None:
    root = world.add("x", "marta", "one", at=NOW - timedelta(hours=4))
    world.lock(root.key)
    assert client.get_tweet(root.id, tweet_fields=["reply_settings"])["data"]["reply_settings"] == "following"


def test_a_reference_that_leads_nowhere_is_an_error_beside_the_post(world: World, client: tweepy.Client) -> None:
    root = world.add("x", "marta", "one", at=NOW - timedelta(hours=4))
    reply = world.add("x", "pavel", "two", re=root.key, at=NOW - timedelta(hours=3))
    world.delete(root.key)
    answer = client.get_tweet(reply.id, expansions=["referenced_tweets.id"])
    assert answer["data"]["referenced_tweets"] == [{"type": "replied_to", "id": root.id}]
    assert [wrong["parameter"] for wrong in answer["errors"]] == ["referenced_tweets.id"]
