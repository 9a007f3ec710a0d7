"""People who answer our answers."""

from datetime import timedelta

import httpx
import tweepy

from sandbox.backtalk import BACK, answer_back, fall_silent
from sandbox.clock import Clock
from sandbox.life import load_story
from sandbox.records import Answer, Post
from sandbox.server import Sandbox
from sandbox.world import World
from tests.sandbox.clients import reddit_writer, x_client
from tests.sandbox.conftest import NOW

OWN = Answer(("Thank you, angels",), to="call", after=75)
STOCK = Answer(("Thanks", "Cheers", "Lovely"))


def call_of(world: World, key: str = "call", **more: str) -> Post:
    return world.add("x", "marta", "@tarnbrook hello", key=key, at=NOW - timedelta(hours=1), **more)  # type: ignore[arg-type]


def reply_to(world: World, post: Post) -> Post:
    return world.add(post.platform, "brand", f"Hello {post.key}", re=post.key, listed_at=NOW + timedelta(seconds=10))


def test_nobody_answers_back_in_a_small_world(world: World) -> None:
    assert answer_back(world, reply_to(world, call_of(world))) is None


def test_who_has_words_of_their_own_says_them_a_while_after_our_reply_is_listed(world: World, sandbox: Sandbox) -> None:
    world.answers = (STOCK, OWN)
    client: tweepy.Client = x_client(sandbox)
    ours = client.create_tweet(text="Here we are", in_reply_to_tweet_id=call_of(world).id)["data"]["id"]
    back = world.posts[f"call{BACK}"]
    assert (back.made_at, back.by) == (NOW + timedelta(seconds=85), "marta")
    world.clock.set(NOW + timedelta(seconds=84))
    assert "data" not in client.get_tweets([back.id])
    world.clock.set(NOW + timedelta(seconds=85))
    [told] = client.get_tweets([back.id], tweet_fields=["referenced_tweets"])["data"]
    assert told["text"] == "@tarnbrook Thank you, angels"
    assert told["referenced_tweets"] == [{"type": "replied_to", "id": ours}]


def test_on_reddit_it_stands_in_the_inbox(world: World, sandbox: Sandbox) -> None:
    world.answers = (OWN,)
    at = NOW - timedelta(hours=1)
    thread = world.add("reddit", "marta", "", key="call", title="T", place="kettles", at=at)
    writer = reddit_writer(sandbox)
    ours = writer.submission(thread.id).reply("Here we are")
    world.clock.advance(timedelta(seconds=85))
    [notice] = writer.inbox.comment_replies()
    assert (notice.body, notice.parent_id) == ("Thank you, angels", ours.fullname)


def test_a_post_is_answered_back_once_and_ours_and_strangers_words_never(world: World) -> None:
    world.answers = (OWN,)
    call = call_of(world)
    assert answer_back(world, reply_to(world, call)) is not None
    assert answer_back(world, reply_to(world, call)) is None
    stranger = world.add("x", "pavel", "me too", re=call.key)
    assert answer_back(world, stranger) is None
    own = world.add("x", "brand", "and more", re=reply_to(world, call).key)
    assert answer_back(world, own) is None


def test_after_two_rounds_there_is_silence(world: World) -> None:
    world.answers = (Answer(("Thanks", "Cheers")),)
    lengths = []
    for key in "abcdefgh":
        post, said = call_of(world, key), []
        while back := answer_back(world, reply_to(world, post)):
            said.append(back.text)
            post = back
        lengths.append(len(said))
    assert max(lengths) == 2
    assert min(lengths) == 0


def test_a_locked_thread_and_a_deleted_post_stay_silent(world: World) -> None:
    world.answers = (OWN, Answer(("Hm",), to="thread", after=30))
    thread = world.add("reddit", "marta", "", key="thread", title="T", place="kettles", at=NOW - timedelta(hours=1))
    world.lock(thread.key, NOW + timedelta(seconds=40))
    assert answer_back(world, reply_to(world, thread)) is None
    call = call_of(world)
    world.delete(call.key, NOW + timedelta(seconds=5))
    assert answer_back(world, reply_to(world, call)) is None


def test_who_takes_a_reply_back_gets_no_answer_to_it(world: World, sandbox: Sandbox) -> None:
    world.answers = (OWN,)
    client = x_client(sandbox)
    ours = client.create_tweet(text="Here we are", in_reply_to_tweet_id=call_of(world).id)["data"]["id"]
    client.delete_tweet(ours)
    world.clock.advance(timedelta(hours=1))
    assert "data" not in client.get_tweets([world.posts[f"call{BACK}"].id])


def test_what_was_said_before_stays_when_the_reply_goes(world: World) -> None:
    world.answers = (OWN,)
    reply = reply_to(world, call_of(world))
    answer_back(world, reply)
    world.clock.advance(timedelta(hours=1))
    world.delete(reply.key)
    fall_silent(world, reply)
    assert world.posts[f"call{BACK}"].deleted_at is None


def test_a_reply_given_by_hand_is_answered_too(world: World, sandbox: Sandbox) -> None:
    world.answers = (OWN,)
    call_of(world)
    given = {"on": "x", "by": "brand", "text": "by hand", "re": "call"}
    httpx.post(f"{sandbox.url}/sandbox/post", json=given, timeout=60).raise_for_status()
    assert world.posts[f"call{BACK}"].made_at == NOW + timedelta(seconds=75)


def test_our_story_answers_in_its_own_languages_and_some_never_do() -> None:
    world = load_story(Clock(stopped_at=NOW))
    asked = [post for post in world.posts.values() if post.platform != "blog" and not world.author(post).ours]
    asked = [post for post in asked if post.kind != "repost"]
    backs = [answer_back(world, reply_to(world, post)) for post in asked]
    said = [back for back in backs if back]
    assert 0.5 < len(said) / len(asked) < 0.8
    assert {back.language for back in said} == {"en", "de", "es", "zh", "ja", "fr"}
    stock = {text: answer.language for answer in world.answers for text in answer.texts if not answer.to}
    assert all(stock.get(back.text, back.language) == back.language for back in said)
    assert len({back.text for back in said}) > 40
    spam = [back for post, back in zip(asked, backs, strict=True) if post.theme == "spam"]
    assert spam
    assert set(spam) == {None}


def test_the_same_story_answers_the_same() -> None:
    def told() -> list[tuple[str, str]]:
        world = load_story(Clock(stopped_at=NOW))
        asked = [post for post in world.posts.values() if post.platform == "x" and not world.author(post).ours]
        return [(back.key, back.text) for post in asked if (back := answer_back(world, reply_to(world, post)))]

    assert told() == told()
