"""Reddit, through praw: listings, threads, inbox, deletions, limits and errors."""

from datetime import timedelta

import httpx
import prawcore
import pytest
from praw.models import MoreComments

from sandbox.records import Post
from sandbox.server import Sandbox, running
from sandbox.world import World
from tests.sandbox.clients import get, reddit_client
from tests.sandbox.conftest import NOW


def submit(world: World, by: str, title: str, hours: float, text: str = "", place: str = "kettles") -> Post:
    return world.add("reddit", by, text, title=title, place=place, at=NOW - timedelta(hours=hours))


def comment(world: World, by: str, text: str, parent: Post, hours: float) -> Post:
    return world.add("reddit", by, text, re=parent.key, at=NOW - timedelta(hours=hours))


def test_paging_gives_every_submission_once_newest_first(world: World, sandbox: Sandbox) -> None:
    posts = [submit(world, "marta", f"Kettle {n}", n, place=("kettles", "coffee")[n % 2]) for n in range(1, 131)]
    found = list(reddit_client(sandbox).subreddit("kettles+coffee").new(limit=None))
    assert [one.fullname for one in found] == [post.fullname for post in posts]


def test_comments_are_listed_over_subreddits_and_never_found_by_search(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Tarnbrook kettle leaks", 5, "on the *left*")
    said = comment(world, "pavel", "mine leaks too, tarnbrook kettle", root, 4)
    reddit = reddit_client(sandbox)
    listed = list(reddit.subreddit("kettles+coffee").comments())
    assert [(one.fullname, one.body, one.link_title) for one in listed] == [(said.fullname, said.text, root.title)]
    found = list(reddit.subreddit("all").search('"tarnbrook kettle"', sort="new", time_filter="week"))
    assert [one.fullname for one in found] == [root.fullname]
    assert (found[0].author.name, found[0].selftext, found[0].created_utc) == (
        "u_marta",
        root.text,
        root.made_at.timestamp(),
    )


@pytest.mark.parametrize(
    ("query", "subreddit", "span", "found"),
    [
        ("kettle", "all", "all", {"Old kettle", "Kettle leaks", "Kettle for coffee"}),
        ("kettle", "all", "week", {"Kettle leaks", "Kettle for coffee"}),
        ("kettle", "coffee", "all", {"Kettle for coffee"}),
        ("title:leaks OR author:u_pavel", "all", "all", {"Kettle leaks", "Kettle for coffee"}),
        ("kettle NOT coffee", "all", "week", {"Kettle leaks"}),
        ('"', "all", "all", set()),
    ],
)
def test_search_by_words_place_and_time(
    world: World, sandbox: Sandbox, query: str, subreddit: str, span: str, found: set[str]
) -> None:
    submit(world, "marta", "Old kettle", 24 * 9)
    submit(world, "marta", "Kettle leaks", 3)
    submit(world, "pavel", "Kettle for coffee", 2, place="coffee")
    place = reddit_client(sandbox).subreddit(subreddit)
    assert {one.title for one in place.search(query, sort="new", time_filter=span)} == found


def test_before_a_deleted_thing_gives_an_empty_listing(world: World, sandbox: Sandbox) -> None:
    old, anchor = submit(world, "marta", "old", 3), submit(world, "marta", "anchor", 2)
    new = submit(world, "marta", "new", 1)
    place = reddit_client(sandbox).subreddit("kettles")
    assert [one.fullname for one in place.new(params={"before": anchor.fullname})] == [new.fullname]
    world.delete(anchor.key)
    assert list(place.new(params={"before": anchor.fullname})) == []
    assert [one.fullname for one in place.new()] == [new.fullname, old.fullname]


def test_deleted_and_removed_things_lose_words_and_author(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5, "words")
    gone, taken = comment(world, "pavel", "one", root, 4), comment(world, "pavel", "two", root, 3)
    comment(world, "marta", "answer to one", gone, 2)
    world.delete(root.key)
    world.delete(gone.key)
    world.delete(taken.key, removed=True)
    reddit = reddit_client(sandbox)
    things = list(reddit.info(fullnames=[root.fullname, gone.fullname, taken.fullname, "t1_zzzzz"]))
    assert [thing.author for thing in things] == [None, None, None]
    assert [things[0].selftext, things[1].body, things[2].body] == ["[deleted]", "[deleted]", "[removed]"]
    shown = reddit.submission(root.id).comments.list()
    assert [one.body for one in shown] == ["[deleted]", "answer to one"]
    assert [one.body for one in reddit.subreddit("kettles").comments()] == ["answer to one"]


def test_edits_locks_and_age_are_told(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5, "first")
    old = submit(world, "marta", "Long ago", 24 * 200)
    world.edit(root.key, "second", NOW - timedelta(hours=1))
    world.lock(root.key)
    reddit = reddit_client(sandbox)
    one, aged = reddit.submission(root.id), reddit.submission(old.id)
    assert (one.selftext, one.edited, one.locked, one.archived) == (
        "second",
        (NOW - timedelta(hours=1)).timestamp(),
        True,
        False,
    )
    assert (aged.edited, aged.locked, aged.archived) == (False, False, True)


def test_a_thread_nests_its_answers(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5)
    first = comment(world, "pavel", "a", root, 4)
    comment(world, "brand", "b", first, 3)
    comment(world, "marta", "c", root, 2)
    forest = reddit_client(sandbox).submission(root.id).comments
    assert [one.body for one in forest] == ["a", "c"]
    assert [(one.body, one.parent_id) for one in forest[0].replies] == [("b", first.fullname)]


def test_big_and_deep_threads_are_cut_and_can_be_completed(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 50)
    tops = [comment(world, "pavel", f"top {n}", root, 40 - n / 10) for n in range(60)]
    deep = tops[0]
    for n in range(14):
        deep = comment(world, "marta", f"deep {n}", deep, 20 - n)
    made = {post.id for post in world.posts.values() if post.kind == "comment"}
    submission = reddit_client(sandbox).submission(root.id)
    submission.comment_limit = 20
    assert any(isinstance(one, MoreComments) for one in submission.comments.list())
    submission.comments.replace_more(limit=None)
    assert {one.id for one in submission.comments.list()} == made


def test_one_comment_can_be_asked_for_with_what_is_around_it(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5)
    first = comment(world, "pavel", "a", root, 4)
    second = comment(world, "marta", "b", first, 3)
    comment(world, "pavel", "unrelated", root, 3)
    one = reddit_client(sandbox).comment(second.id)
    one.refresh()
    assert (one.body, one.parent().body, one.submission.title) == ("b", "a", "Leaks")


def test_the_inbox_holds_answers_and_namings_but_nothing_of_ours(world: World, sandbox: Sandbox) -> None:
    theirs, ours = submit(world, "marta", "Leaks", 9), submit(world, "brand", "News", 9)
    named = comment(world, "pavel", "ask u/Tarnbrook_Team about it", theirs, 8)
    under_ours = comment(world, "pavel", "nice news", ours, 7)
    answer = comment(world, "brand", "we are u/tarnbrook_team", named, 6)
    back = comment(world, "pavel", "thanks", answer, 5)
    inbox = reddit_client(sandbox).inbox
    told = [(one.fullname, one.subject, one.was_comment, one.new) for one in inbox.all()]
    assert told == [
        (back.fullname, "comment reply", True, True),
        (under_ours.fullname, "post reply", True, True),
        (named.fullname, "username mention", True, True),
    ]
    mention = next(iter(inbox.mentions()))
    assert (mention.submission.id, mention.context) == (
        theirs.id,
        f"/r/kettles/comments/{theirs.id}/leaks/{named.id}/?context=3",
    )
    assert [one.fullname for one in inbox.comment_replies()] == [back.fullname]
    assert [one.fullname for one in inbox.submission_replies()] == [under_ours.fullname]


def test_what_was_read_is_no_longer_unread(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "brand", "News", 9)
    first, second = comment(world, "pavel", "a", root, 8), comment(world, "pavel", "b", root, 7)
    inbox = reddit_client(sandbox).inbox
    inbox.mark_read([one for one in inbox.unread() if one.fullname == first.fullname])
    assert [one.fullname for one in inbox.unread()] == [second.fullname]
    assert [one.new for one in inbox.all()] == [True, False]


def test_an_account_lists_what_it_said(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5)
    ours, news = comment(world, "brand", "hello", root, 4), submit(world, "brand", "News", 3)
    reddit = reddit_client(sandbox)
    me = reddit.user.me()
    assert [one.fullname for one in me.comments.new()] == [ours.fullname]
    assert [one.fullname for one in me.submissions.new()] == [news.fullname]
    assert [one.fullname for one in reddit.redditor("TARNBROOK_team").new()] == [news.fullname, ours.fullname]
    assert me.id == reddit.redditor("tarnbrook_team").id


def test_places_one_may_not_see(world: World, sandbox: Sandbox) -> None:
    world.add_subreddit("secret", "private")
    world.add_subreddit("shut", "banned")
    hidden = submit(world, "marta", "hidden", 3, place="secret")
    reddit = reddit_client(sandbox)
    with pytest.raises(prawcore.Forbidden):
        list(reddit.subreddit("secret").new())
    with pytest.raises(prawcore.NotFound):
        list(reddit.subreddit("shut").new())
    with pytest.raises(prawcore.Redirect):
        list(reddit.subreddit("nowhere").new())
    with pytest.raises(prawcore.NotFound):
        list(reddit.redditor("nobody").comments.new())
    with pytest.raises(prawcore.Forbidden):
        list(reddit.submission(hidden.id).comments)
    assert list(reddit.subreddit("secret+kettles").new()) == []
    assert reddit.subreddit("kettles").subscribers > 0


def test_wrong_keys_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(prawcore.ResponseException, match="401"):
        reddit_client(sandbox, client_secret="wrong").user.me()
    with pytest.raises(prawcore.OAuthException, match="invalid_grant"):
        reddit_client(sandbox, password="wrong").user.me()


def test_an_app_without_a_user_reads_listings_but_no_inbox(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks", 5)
    reddit = reddit_client(sandbox, username=None, password=None)
    assert [one.fullname for one in reddit.subreddit("kettles").new()] == [root.fullname]
    with pytest.raises(prawcore.Forbidden):
        list(reddit.inbox.all())


def test_a_token_runs_out_after_a_day_and_praw_gets_another(world: World, sandbox: Sandbox) -> None:
    reddit = reddit_client(sandbox)
    reddit.user.me()
    world.clock.advance(timedelta(days=1, seconds=1))
    assert list(reddit.inbox.all()) == []
    assert sandbox.log.counts()["POST /api/v1/access_token"] == 2


def test_the_limit_is_told_and_kept(world: World) -> None:
    with running(world, reddit_limit=2) as sandbox:
        keys = world.keys
        form = {"grant_type": "client_credentials"}
        basic = (keys.reddit_client_id, keys.reddit_client_secret)
        token = httpx.post(f"{sandbox.url}/api/v1/access_token", data=form, auth=basic).json()["access_token"]
        asked = [
            httpx.get(f"{sandbox.url}/r/kettles/new", headers={"Authorization": f"bearer {token}"}) for _ in range(3)
        ]
    assert [answer.status_code for answer in asked] == [200, 200, 429]
    told = [(answer.headers["x-ratelimit-used"], answer.headers["x-ratelimit-remaining"]) for answer in asked]
    assert told == [("1", "1.0"), ("2", "0.0"), ("3", "0.0")]
    assert asked[0].headers["x-ratelimit-reset"] == "600"


def test_public_json_needs_an_honest_name(world: World, sandbox: Sandbox) -> None:
    root = submit(world, "marta", "Leaks & drips", 5)
    answer = get(sandbox, "/r/kettles/new.json")
    assert answer.json()["data"]["children"][0]["data"]["title"] == "Leaks &amp; drips"
    assert get(sandbox, "/r/kettles/new.json?raw_json=1").json()["data"]["children"][0]["data"]["id"] == root.id
    assert get(sandbox, "/r/kettles/new.json", headers={"User-Agent": "python-requests/2.34"}).status_code == 403
    assert get(sandbox, "/message/inbox.json").status_code == 403
