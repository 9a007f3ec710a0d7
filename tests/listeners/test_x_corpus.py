"""LISTEN, X: every recorded answer of the real API v2 that holds posts goes through the listener and comes out whole.

What is expected comes from a plain walk of the JSON, written apart from the listener's own reading.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from listeners.base import Target
from listeners.post import Batch
from listeners.x import XListener
from models.values import SourceKind
from tests.listeners.x_server import Reply, TinyX, serving, settings_for

pytestmark = pytest.mark.corpus
Recorded = tuple[str, bytes, Any]


def cassettes(folder: Path) -> Iterator[Recorded]:
    """Recorded exchanges of tweepy with the real API v2."""
    for path in sorted(folder.glob("*.yaml")):
        for exchange in yaml.safe_load(path.read_text())["interactions"]:
            if "/2/" in exchange["request"]["uri"]:
                held = exchange["response"]["body"]["string"]
                body = held.encode() if isinstance(held, str) else held
                yield from parsed(path, gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


def files(folder: Path) -> Iterator[Recorded]:
    for path in sorted(folder.rglob("*.json")):
        yield from parsed(path, path.read_bytes())
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield from parsed(path, line)


def parsed(path: Path, body: bytes) -> Iterator[Recorded]:
    try:
        yield path.name, body, json.loads(body)
    except ValueError:
        yield path.name, body, None


def posts_in(answer: Any) -> list[dict[str, Any]]:
    """The items of `data` that are posts; direct messages also have a text, but an event_type too."""
    data = answer.get("data") if isinstance(answer, dict) else None
    items = data if isinstance(data, list) else [data]
    return [i for i in items if isinstance(i, dict) and "text" in i and "id" in i and "event_type" not in i]


def is_retweet(raw: dict[str, Any]) -> bool:
    return any(ref.get("type") == "retweeted" for ref in raw.get("referenced_tweets", []))


def read_through_the_listener(x: TinyX, body: bytes) -> Batch:
    x.script = [Reply(200, gzip.compress(body), {"Content-Encoding": "gzip"})]
    target = Target(kind=SourceKind.X_SEARCH, target="acme", budget_usd=1000)
    return XListener(target, settings_for(x), pages=1).fetch(None)


def check_fields(raw: dict[str, Any], answer: dict[str, Any], batch: Batch, seen: Counter[str]) -> None:
    (post,) = [p for p in batch.posts if p.external_id == raw["id"]]
    users = {u["id"]: u for u in answer.get("includes", {}).get("users", [])}
    author = users.get(raw.get("author_id"))
    if author:
        assert (post.author.handle, post.author.external_id) == (author["username"].strip(), raw["author_id"])
        assert post.url == f"https://x.com/{author['username']}/status/{raw['id']}"
        seen["with author"] += 1
    if "created_at" in raw and len(raw.get("edit_history_tweet_ids", [1])) == 1:
        assert post.posted_at == datetime.fromisoformat(raw["created_at"])
        seen["with time told"] += 1
    assert post.posted_at is not None or int(raw["id"]) < 29_700_859_247
    assert post.url.endswith(f"/status/{raw['id']}")
    assert post.text
    if "&" not in raw["text"]:
        assert post.text == raw["text"]
    assert post.thread_id == raw.get("conversation_id") or post.edit_of


@pytest.mark.parametrize(
    ("folder", "recorded"),
    [("tweepy", cassettes), ("x_v2_twarc", files), ("x_v2_pytwitter", files), ("x_docs_examples", files)],
)
def test_every_recorded_answer_comes_out_whole(
    corpus: Path,
    corpus_report: Callable[[str, str], None],
    folder: str,
    recorded: Callable[[Path], Iterator[Recorded]],
) -> None:
    seen: Counter[str] = Counter()
    with serving() as x:
        for name, body, answer in recorded(corpus / "recorded" / folder):
            raws = posts_in(answer)
            if not raws:
                seen["answers without posts"] += 1
                continue
            own = [raw for raw in raws if not is_retweet(raw)]
            batch = read_through_the_listener(x, body)
            assert {p.external_id for p in batch.posts} == {raw["id"] for raw in own}, name
            for raw in own:
                check_fields(raw, answer, batch, seen)
            seen.update({"answers": 1, "posts": len(own), "retweets left out": len(raws) - len(own)})
    assert seen["posts"] > 0
    corpus_report(f"X, {folder}", ", ".join(f"{count} {what}" for what, count in sorted(seen.items())))
