"""The recorded answers of the real Reddit, served to the real praw: every post of theirs comes out, filled.

What is expected comes from a plain walk of the recorded JSON, which knows nothing of our code.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from listeners.base import Followed, Target
from listeners.post import Post
from listeners.reddit import open_reddit
from listeners.reddit_post import posts_of
from listeners.reddit_recheck import open_reddit_recheck
from listeners.reddit_threads import open_reddit_threads
from models.values import SourceKind
from tests.listeners.reddit_stage import Answer, Asked, Stage, keyed, listing, stage

MENTIONS = ("t1", "t3")
REASONS = {
    "t2": "a person",
    "t4": "a private message",
    "t5": "a subreddit",
    "more": "a place holder for comments that are asked for separately",
    "LiveUpdateEvent": "a live thread's update, which nothing can be answered to",
}


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every children[] with a data.name, however deep."""
    if isinstance(value, dict):
        for child in value["children"] if isinstance(value.get("children"), list) else ():
            if isinstance(child, dict) and isinstance(child.get("data"), dict) and "name" in child["data"]:
                yield child
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from walk(part)


def recorded(corpus: Path) -> Iterator[tuple[str, str, Any]]:
    """Each recorded answer that lists something: cassette, path, JSON."""
    for file in sorted((corpus / "recorded" / "praw").glob("*.json")):
        for interaction in json.loads(file.read_text(encoding="utf-8"))["interactions"]:
            try:
                answer = json.loads(interaction["response"]["body"]["string"])
            except ValueError:
                continue
            if next(walk(answer), None):
                yield file.name, urlsplit(interaction["request"]["uri"]).path, answer


class Replay:
    """One recorded answer at a time, at the address a listener asks for; nothing lies behind it."""

    def __init__(self, played: Stage) -> None:
        self.settings = keyed(played.url)
        self._answer: Any = None
        self._at = ""
        played.script = self._say

    def _say(self, asked: Asked) -> Answer:
        if "/api/info" in asked.path and self._at.startswith("/comments"):
            return Answer(self._answer[0])
        if self._at not in asked.path or "/_/" in asked.path:
            return Answer(listing([]))
        if "after" in asked.params:
            return Answer(listing(self._behind(asked.params["after"])))
        return Answer(self._answer)

    def _behind(self, name: str) -> list[Any]:
        children = self._answer["data"]["children"]
        names = [child["data"].get("name") for child in children]
        return list(children[names.index(name) + 1 :])

    def posts(self, path: str, answer: Any) -> Sequence[Post]:
        """The answer through the part of the room that reads such answers."""
        self._answer = answer
        if path.startswith("/comments/"):
            return self._thread(answer)
        if path.startswith("/api/info"):
            return self._recheck(answer)
        if isinstance(answer, list):  # duplicates of a link: two plain listings, asked for by no listener
            return [post for part in answer for post in posts_of(part["data"]["children"])]
        return self._source(path)

    def _thread(self, answer: Any) -> Sequence[Post]:
        name = answer[0]["data"]["children"][0]["data"]["name"]
        self._at = f"/comments/{name[3:]}"
        return open_reddit_threads(self.settings).fetch_threads([Followed(thread_id=name)]).posts

    def _recheck(self, answer: Any) -> Sequence[Post]:
        self._at = "/api/info"
        names = [child["data"]["name"] for child in walk(answer)]
        opened = open_reddit_recheck(self.settings)
        assert opened is not None
        return [post for at in range(0, len(names), 100) for post in opened.recheck(names[at : at + 100])]

    def _source(self, path: str) -> Sequence[Post]:
        kind, self._at, what = SourceKind.REDDIT_NEW, "/r/kettles/new", "kettles"
        if path.startswith("/message/"):
            kind, self._at, what = SourceKind.REDDIT_INBOX, "/message/mentions", ""
        elif path.startswith("/user/"):
            kind, self._at, what = SourceKind.REDDIT_OWN, "/comments", "tarnbrook_team"
        elif "/search" in path:
            kind, self._at, what = SourceKind.REDDIT_SEARCH, "/r/all/search", "kettle"
        elif path.rstrip("/").endswith("/comments"):
            kind, self._at, what = SourceKind.REDDIT_COMMENTS, "/r/kettles/comments", "kettles"
        target = Target(kind=kind, target=what, match="*")
        return open_reddit(target, self.settings).fetch(None).posts


def missing_parts(raw: dict[str, Any], post: Post) -> list[str]:
    """What the raw answer has and the post has not."""
    named = raw.get("author") not in (None, "", "[deleted]")
    words = any(str(raw.get(part) or "").strip() for part in ("title", "selftext", "body"))
    wanted = {
        "time": (raw.get("created_utc"), post.posted_at),
        "author": (named, post.author.handle),
        "author id": (named and raw.get("author_fullname"), post.author.external_id),
        "text": (words, post.text),
        "url": (raw.get("permalink") or raw.get("context") or raw.get("link_id"), post.url.startswith("https://")),
        "thread": (raw.get("link_id") or raw["name"].startswith("t3_") or raw.get("context"), post.thread_id),
        "parent": (raw.get("parent_id"), post.parent_id),
        "edit": (raw.get("edited") not in (None, False, True), post.edited_at),
    }
    return [part for part, (there, had) in wanted.items() if there and not had]


@pytest.mark.corpus
def test_every_recorded_post_comes_out_of_the_listeners(
    corpus: Path, corpus_report: Callable[[str, str], None]
) -> None:
    kinds, deleted, answers = Counter[str](), 0, 0
    with stage() as played:
        replay = Replay(played)
        for cassette, path, answer in recorded(corpus):
            children = list(walk(answer))
            kinds.update(str(child.get("kind")) for child in children)
            expected = {child["data"]["name"]: child["data"] for child in children if child.get("kind") in MENTIONS}
            found = {post.external_id: post for post in replay.posts(path, answer)}
            answers += 1
            assert set(found) == set(expected), f"{cassette} {path}"
            for name, post in found.items():
                lacking = missing_parts(expected[name], post)
                if post.deleted:
                    deleted += 1
                    lacking = [part for part in lacking if part != "text"]
                assert lacking == [], f"{cassette} {path} {name}"
    assert set(kinds) <= {*MENTIONS, *REASONS}
    assert kinds["t1"] > 3000
    assert kinds["t3"] > 1500
    left_out = "; ".join(f"{kinds[kind]} {kind} ({reason})" for kind, reason in REASONS.items())
    corpus_report(
        "reddit, recorded answers", f"{answers} answers, {kinds['t1']} t1 and {kinds['t3']} t3 read, all filled"
    )
    corpus_report("reddit, left out", f"{left_out}; text of {deleted} deleted ones")
