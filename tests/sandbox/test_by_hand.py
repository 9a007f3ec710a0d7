"""Answering by hand: every mention's address leads to a page here, and an answer there is public."""

import html
from datetime import timedelta

import httpx
import pytest

from sandbox.by_hand import find
from sandbox.history import history_rows
from sandbox.life import load_story
from sandbox.records import is_public
from sandbox.server import Sandbox, running
from sandbox.world import World
from tests.sandbox.conftest import NOW


def page(sandbox: Sandbox, url: str, text: str = "", **headers: str) -> httpx.Response:
    """Look at a post, or answer it."""
    with httpx.Client(base_url=sandbox.url, params={"url": url}, headers=headers, follow_redirects=True) as client:
        return client.post("/open", data={"text": text}) if text else client.get("/open")


def test_every_address_of_the_story_leads_to_its_post() -> None:
    world = load_story()
    rows = list(history_rows(world, world.clock.now()))
    assert {row["platform"] for row in rows} == {"x", "reddit", "blog"}
    for row in rows:
        post = find(world, row["url"])
        assert post is not None, row["url"]
        assert world.author(post).name_on(post.platform) == row["author"]


def test_the_address_a_blog_serves_leads_to_its_post_too(world: World, sandbox: Sandbox) -> None:
    article = world.add("blog", "marta", "body", title="Leaks", place="slow-kitchen", at=NOW - timedelta(days=1))
    said = world.add("blog", "pavel", "same", re=article.key, at=NOW - timedelta(hours=1))
    below = f"http://127.0.0.1:1/blog/slow-kitchen/leaks-{article.id}/"
    assert find(world, below) == article
    assert find(world, f"{below}#comment-{said.id}") == said


@pytest.mark.parametrize("url", ["", "https://x.com/marta/status/1", "https://example.org/", "/status/", "#"])
def test_what_leads_nowhere_is_not_found(sandbox: Sandbox, url: str) -> None:
    assert page(sandbox, url).status_code == 404


def test_an_answer_by_hand_is_ours_and_shown_below(world: World, sandbox: Sandbox) -> None:
    post = world.add("x", "marta", "who <b>answers</b> me?", at=NOW - timedelta(hours=1))
    url = f"https://x.com/marta/status/{post.id}"
    assert html.escape(post.text) in page(sandbox, url).text
    shown = page(sandbox, url, "We do & gladly")
    assert shown.status_code == 200
    assert "We do &amp; gladly" in shown.text
    (ours,) = [p for p in world.posts.values() if p.re == post.key and p.text == "We do & gladly"]
    assert world.author(ours).ours


def test_where_nobody_can_answer_nothing_is_said(world: World, sandbox: Sandbox) -> None:
    root = world.add("reddit", "marta", "closed", title="Closed", place="kettles", at=NOW - timedelta(hours=1))
    world.lock(root.key)
    rows = list(history_rows(world, NOW))
    url = next(r["url"] for r in rows if r["external_id"] == root.fullname)
    assert "Nobody can answer" in page(sandbox, url, "too late").text
    assert not [p for p in world.posts.values() if p.re == root.key]


def test_a_form_from_elsewhere_says_nothing(world: World, sandbox: Sandbox) -> None:
    post = world.add("x", "marta", "hello", at=NOW - timedelta(hours=1))
    url = f"https://x.com/marta/status/{post.id}"
    assert page(sandbox, url, "forged", **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert not [p for p in world.posts.values() if p.re == post.key]


def test_somebody_answers_back_to_an_answer_by_hand() -> None:
    with running(load_story()) as sandbox:
        now = sandbox.clock.now()
        asked = [
            p for p in sandbox.world.on("x", now)
            if p.kind == "post" and is_public(p, now) and not sandbox.world.author(p).ours
        ]  # fmt: skip
        for post in asked[-12:]:
            assert page(sandbox, f"https://x.com/x/status/{post.id}", "We are on it").status_code == 200
        assert [p for p in sandbox.world.posts.values() if p.key.endswith("+back") and p.made_at > now]
