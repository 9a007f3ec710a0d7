"""LISTEN, X: raw JSON of a post → `Post`. Comes in: an `Answer`. Goes out: posts in our one shape.

Both vocabularies are read (`tweet.*` of API 2.166, `post.*` of 2.167). The text stays as found: X's three entities
(&amp; &lt; &gt;) are undone, its t.co links are kept, since a post's words may not be altered. It never fails on a
post: what is missing stays empty.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from listeners.base import Ours
from listeners.post import Post, Writer
from listeners.x_client import Answer
from listeners.x_ids import is_id, time_of
from models.values import Platform

Raw = Mapping[str, Any]

TWEET_FIELDS = (
    "author_id", "conversation_id", "created_at", "edit_history_tweet_ids", "entities",
    "lang", "note_tweet", "referenced_tweets",
)  # fmt: skip
"""What a `Post` is made of. public_metrics and the like would cost nothing but are not used."""
USER_FIELDS = ("name", "public_metrics", "username")

_HANDLE = re.compile(r"\w{1,50}", re.ASCII)
_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv"}
"""ISO 639-1 codes withdrawn in 1989 and 2001, some of which X still uses."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one answer's posts became."""

    posts: tuple[Post, ...] = ()
    own_parents: tuple[Post, ...] = ()
    """Expanded posts that we wrote ourselves: they let triage climb from an answer to what it answers."""
    reposts: int = 0
    """Retweets left out: nobody's own words."""
    unusable: int = 0
    """Items without an id."""


def read_answer(answer: Answer, ours: Iterable[Ours] = ()) -> Found:
    """All posts of an answer.

    Of expanded posts only our own come out. A stranger's post that ours or a mention merely refers to was not found
    by the source and must not enter the queue as a mention.
    """
    ours = tuple(ours)
    usable = [raw for raw in answer.data if is_id(_id(raw))]
    own = [raw for raw in usable if not is_repost(raw)]
    parents = [raw for raw in answer.posts if is_id(_id(raw)) and not is_repost(raw) and _is_ours(raw, answer, ours)]
    return Found(
        posts=tuple(read_post(raw, answer.users, ours) for raw in own),
        own_parents=tuple(read_post(raw, answer.users, ours) for raw in parents),
        reposts=len(usable) - len(own),
        unusable=len(answer.data) - len(usable),
    )


def read_post(raw: Raw, users: Mapping[str, Raw], ours: Iterable[Ours] = ()) -> Post:
    """One post. Its id must be usable; everything else may be missing."""
    post_id, note = _id(raw), _mapping(raw.get("note_tweet") or raw.get("note_post"))
    author = _writer(raw, users, ours)
    history = _history(raw)
    first = history[0] if history and history[0] != post_id else None
    made = _moment(raw.get("created_at")) or time_of(post_id)
    return Post(
        platform=Platform.X,
        external_id=post_id,
        author=author,
        text=_unescaped(_text(note, "text") or _text(raw, "text")),
        url=post_url(author.handle, post_id),
        posted_at=(time_of(first) or made) if first else made,
        thread_id=_thread(raw, history),
        parent_id=_referenced(raw, "replied_to"),
        quoted_id=_referenced(raw, "quoted"),
        language=_language(_text(raw, "lang")),
        mentioned=_mentioned(raw, note),
        edit_of=first,
        edited_at=made if first else None,
    )


def is_repost(raw: Raw) -> bool:
    """Whether this only repeats another post."""
    return _referenced(raw, "retweeted") is not None


def newest_edition(raw: Raw) -> str:
    """The id of the latest edition of this post that X tells of; its own id when it was never edited."""
    return (_history(raw) or (_id(raw),))[-1]


def post_url(handle: str, post_id: str) -> str:
    """Where people see a post; X resolves /i/ when the handle is unknown."""
    return f"https://x.com/{handle if _HANDLE.fullmatch(handle) else 'i'}/status/{post_id}"


def _id(raw: Raw) -> str:
    value = raw.get("id")
    return str(value) if isinstance(value, str | int) else ""


def _writer(raw: Raw, users: Mapping[str, Raw], ours: Iterable[Ours]) -> Writer:
    author_id = str(raw.get("author_id") or "") or None
    user = users.get(author_id or "", {})
    known = next((o.handle for o in ours if author_id and o.external_id == author_id), "")
    handle = _text(user, "username") or _text(raw, "username") or known
    followers = _mapping(user.get("public_metrics")).get("followers_count")
    return Writer(
        handle=handle,
        external_id=author_id,
        name=_text(user, "name"),
        url=f"https://x.com/{handle}" if _HANDLE.fullmatch(handle) else "",
        followers=followers if isinstance(followers, int) else None,
    )


def _is_ours(raw: Raw, answer: Answer, ours: tuple[Ours, ...]) -> bool:
    author_id = str(raw.get("author_id") or "")
    handle = _text(answer.users.get(author_id, {}), "username").casefold()
    ids, handles = {o.external_id for o in ours}, {o.handle.casefold() for o in ours}
    return author_id in ids or (handle != "" and handle in handles)


def _history(raw: Raw) -> tuple[str, ...]:
    ids = raw.get("edit_history_tweet_ids") or raw.get("edit_history_post_ids")
    found = [str(i) for i in ids if is_id(str(i))] if isinstance(ids, list) else []
    return tuple(sorted(found, key=int))


def _thread(raw: Raw, history: tuple[str, ...]) -> str | None:
    """An edited first post is told as a thread of its own; it stays in the thread of its first edition."""
    thread = _text(raw, "conversation_id")
    return (history[0] if thread in history else thread) or None


def _referenced(raw: Raw, kind: str) -> str | None:
    references = raw.get("referenced_tweets") or raw.get("referenced_posts")
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, dict) and reference.get("type") == kind and is_id(str(reference.get("id"))):
            return str(reference["id"])
    return None


def _mentioned(raw: Raw, note: Raw) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for entities in (_mapping(raw.get("entities")), _mapping(note.get("entities"))):
        mentions = entities.get("mentions")
        for mention in mentions if isinstance(mentions, list) else ():
            names = (_text(_mapping(mention), "username").lower(), _text(_mapping(mention), "id"))
            found |= dict.fromkeys(name for name in names if name)
    return tuple(found)


def _language(code: str) -> str | None:
    """X's own codes (und, zxx, qme, qst…) and three-letter ones have no ISO 639-1 form: None."""
    short = code.split("-")[0].lower()
    return _OLD_CODES.get(short, short) if len(short) == 2 and short.isalpha() else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.utcoffset() is not None else None


def _unescaped(text: str) -> str:
    # Only these three are written by X; anything else is what the author typed.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text(raw: Raw, name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Raw:
    return value if isinstance(value, dict) else {}
