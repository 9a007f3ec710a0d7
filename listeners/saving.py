"""LISTEN: posts → rows. Comes in: the posts of one batch. Goes out: which mentions are new and which changed.

One transaction of the caller's, together with the cursor: this file never commits. Known by the platform's id, so
saving the same batch twice is harmless. What a mention means for anybody is TRIAGE's business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from listeners.authors import handle_key, resolve_authors
from listeners.post import Post, Writer
from models import Account, Author, Brand, Mention, MentionFind, MentionVersion
from models.database import chunks, insert_missing
from models.values import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a batch of posts was come by."""

    brand_id: int
    via: str
    """"source:7", "import", "thread", "recheck"."""
    at: datetime
    """When we had them: the machine's time, aware UTC."""
    from_import: bool = False
    own_ids: frozenset[str] = frozenset()
    """Posts an import says are ours."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a batch changed."""

    ids: frozenset[int]
    """Every mention of the batch."""
    new: frozenset[int]
    changed: frozenset[int]
    """Known mentions whose facts changed: edited, deleted, a blank filled, another author row."""

    def __or__(self, other: "Saved") -> "Saved":
        return Saved(self.ids | other.ids, self.new | other.new, self.changed | other.changed)


def save_posts(session: Session, posts: Iterable[Post], sighting: Sighting) -> Saved:
    """Store posts of any platforms. The same id twice in one batch is two sightings, in their order."""
    saved = Saved(frozenset(), frozenset(), frozenset())
    for platform, wave in _waves(posts):
        saved = saved | _save_wave(session, platform, wave, sighting)
    return saved


def _waves(posts: Iterable[Post]) -> list[tuple[Platform, list[Post]]]:
    """Batches of one platform in which no id stands twice."""
    waves: list[tuple[Platform, dict[str, Post]]] = []
    for post in posts:
        place = next((w for p, w in waves if p == post.platform and post.external_id not in w), None)
        if place is None:
            place = {}
            waves.append((post.platform, place))
        place[post.external_id] = post
    return [(platform, list(wave.values())) for platform, wave in waves]


def _save_wave(session: Session, platform: Platform, posts: Sequence[Post], sighting: Sighting) -> Saved:
    writers = [p.author for p in posts if not p.deleted]
    authors = resolve_authors(session, platform, writers, old=sighting.from_import)
    ours = _Ours(session, platform)
    before = _present(session, platform, posts)
    rows = [
        _row(p, authors.ids[p.author], ours, sighting)
        for p in posts
        if p.external_id not in before and not p.deleted  # a tombstone of what we never held holds nothing
    ]
    insert_missing(session, Mention, sorted(rows, key=lambda r: str(r["external_id"])))
    after = _present(session, platform, posts)
    new = {m.id for k, m in after.items() if k not in before and m.id}
    changed = {
        m.id
        for p in posts
        if (m := before.get(p.external_id))
        and m.id
        and _seen_again(session, m, p, authors.ids.get(p.author), ours, sighting)
    }
    _supersede(session, platform, [p for p in posts if p.edit_of], sighting.at)
    ids = {m.id for m in after.values() if m.id}
    finds = [
        {"mention_id": i, "brand_id": sighting.brand_id, "via": sighting.via, "found_at": sighting.at}
        for i in sorted(ids)
    ]
    insert_missing(session, MentionFind, finds)
    return Saved(frozenset(ids), frozenset(new), frozenset(changed) | authors.moved)


class _Ours:
    """Which writers are ourselves."""

    def __init__(self, session: Session, platform: Platform) -> None:
        query = select(Account).join(Brand, col(Brand.id) == Account.brand_id)
        accounts = session.exec(query.where(Account.platform == platform, col(Brand.competitor).is_(False))).all()
        self.by_id = {a.external_id: a for a in accounts if a.external_id}
        self.by_handle = {a.handle_key: a for a in accounts}

    def find(self, writer: Writer) -> Account | None:
        """By id; by handle where either side has no id."""
        if writer.external_id and (found := self.by_id.get(writer.external_id)):
            return found
        found = self.by_handle.get(handle_key(writer.handle)) if writer.handle else None
        return found if found and not (found.external_id and writer.external_id) else None


def _present(session: Session, platform: Platform, posts: Sequence[Post]) -> dict[str, Mention]:
    found: dict[str, Mention] = {}
    for part in chunks([p.external_id for p in posts]):
        query = select(Mention).where(Mention.platform == platform, col(Mention.external_id).in_(part))
        found |= {m.external_id: m for m in session.exec(query)}
    return found


def _row(post: Post, author_id: int, ours: _Ours, sighting: Sighting) -> dict[str, Any]:
    account = ours.find(post.author)
    told = post.external_id in sighting.own_ids
    return {
        "platform": post.platform,
        "external_id": post.external_id,
        "author_id": author_id,
        "text": post.text,
        "url": post.url,
        "language": post.language,
        "posted_at": post.posted_at or sighting.at,
        "date_given": post.posted_at is not None,
        "thread_key": post.thread_id or post.parent_id or post.external_id,
        "thread_given": post.thread_id is not None,
        "parent_id": _parent(post),
        "quoted_id": post.quoted_id,
        "mentioned": list(post.mentioned),
        "followers": post.author.followers,
        "own": told or account is not None,
        "own_told": told,
        "automatic": account is not None and account.automatic,
        "from_import": sighting.from_import,
        "edit_of": post.edit_of,
        "edited_at": post.edited_at,
        "editions": 1,
        "first_seen_at": sighting.at,
        "read_at": sighting.at if told or account else None,  # our own words need no reading
    }


def _parent(post: Post) -> str | None:
    return None if post.parent_id == post.external_id else post.parent_id


def _seen_again(
    session: Session, mention: Mention, post: Post, author_id: int | None, ours: _Ours, sighting: Sighting
) -> bool:
    """Whether another sighting changed a fact. The platform's own word goes before an import's."""
    if post.deleted:
        return _bury(session, mention, sighting.at)
    before = _facts(mention)
    believed = mention.from_import or not sighting.from_import
    if mention.deleted_at is not None and not (sighting.from_import or post.from_copy):
        _show_again(session, mention, post, sighting.at)
    if mention.deleted_at is None:
        _note_text(session, mention, post, sighting, believed)
    _fill(mention, post, overrule=mention.from_import and not sighting.from_import)
    if post.author.followers is not None and (believed or mention.followers is None):
        mention.followers = post.author.followers
    if believed and author_id is not None and post.author.handle:
        mention.author_id = author_id
    account = ours.find(post.author)
    mention.own_told = mention.own_told or post.external_id in sighting.own_ids
    mention.own = mention.own or mention.own_told or account is not None
    if mention.own:
        mention.read_at = mention.read_at or sighting.at
    mention.automatic = account is not None and account.automatic
    mention.from_import = mention.from_import and sighting.from_import
    return _facts(mention) != before


def _facts(mention: Mention) -> tuple[object, ...]:
    return (
        mention.text, mention.author_id, mention.posted_at, mention.thread_key, mention.thread_given, mention.parent_id,
        mention.own, mention.automatic, mention.editions, mention.deleted_at, tuple(mention.mentioned),
    )  # fmt: skip


def _fill(mention: Mention, post: Post, overrule: bool) -> None:
    """Blanks are filled; where the platform now speaks for the first time, what an import said gives way."""
    told = {
        "url": post.url,
        "language": post.language,
        "parent_id": _parent(post),
        "quoted_id": post.quoted_id,
        "mentioned": list(post.mentioned),
    }
    for name, value in told.items():
        if value and (overrule or not getattr(mention, name)):
            setattr(mention, name, value)
    if post.posted_at and (overrule or not mention.date_given):
        mention.posted_at, mention.date_given = post.posted_at, True
    if post.thread_id and (overrule or not mention.thread_given):
        mention.thread_key, mention.thread_given = post.thread_id, True


def _note_text(session: Session, mention: Mention, post: Post, sighting: Sighting, believed: bool) -> None:
    """A text we did not have is an edition; an import cannot turn a platform's newer edition back."""
    if post.text == mention.text:
        return
    assert mention.id is not None
    earlier = set(session.exec(select(MentionVersion.text).where(MentionVersion.mention_id == mention.id)))
    known = post.text in earlier
    if known and sighting.from_import:
        return  # the same file once more; what came after stays
    old = mention.text if believed else post.text
    if old not in earlier and not (known and not believed):
        session.add(MentionVersion(mention_id=mention.id, text=old, replaced_at=sighting.at))
        session.flush()
    if believed:
        mention.text = post.text
    if known:
        return  # two feeds of one blog may tell an article differently for ever: known words are no news
    mention.editions += 1
    if believed:
        mention.edited_at = post.edited_at or sighting.at
        mention.read_at = sighting.at if mention.own else None


def _bury(session: Session, mention: Mention, at: datetime) -> bool:
    """The post is gone: keep its times, drop its words."""
    if mention.deleted_at is not None:
        return False
    mention.deleted_at, mention.text, mention.url = at, "", ""
    mention.read_at = mention.read_at or at
    versions = update(MentionVersion).where(col(MentionVersion.mention_id) == mention.id)
    session.execute(versions.values(text=""))
    return True


def _show_again(session: Session, mention: Mention, post: Post, at: datetime) -> None:
    """The post stands again: approved after a filter had removed it, its subreddit or account open again.

    It is an edition, to be read anew; what it took the place of is kept as one without words.
    """
    assert mention.id is not None
    session.add(MentionVersion(mention_id=mention.id, text="", replaced_at=at))
    mention.deleted_at, mention.text, mention.read_at = None, post.text, None
    mention.editions += 1


def _supersede(session: Session, platform: Platform, editions: Sequence[Post], at: datetime) -> None:
    """An edit that made a new id (X): the first edition we hold says that it was edited."""
    for post in editions:
        first = update(Mention).where(
            col(Mention.platform) == platform,
            col(Mention.external_id) == post.edit_of,
            col(Mention.edited_at).is_(None),
        )
        session.execute(first.values(edited_at=post.edited_at or at))


def mark_own(session: Session, account: Account, at: datetime) -> frozenset[int]:
    """An account was added, changed or removed: say anew whose its stored posts are. Their ids are returned."""
    ours = _Ours(session, account.platform)
    same = col(Author.handle_key) == account.handle_key
    if account.external_id:
        same = (same & col(Author.external_id).is_(None)) | (col(Author.external_id) == account.external_id)
    authors = session.exec(select(Author).where(Author.platform == account.platform, same)).all()
    touched = set()
    for author in authors:
        owner = ours.find(Writer(handle=author.handle, external_id=author.external_id))
        for mention in session.exec(select(Mention).where(Mention.author_id == author.id)):
            mention.own = mention.own_told or owner is not None
            mention.automatic = owner is not None and owner.automatic
            if mention.own:  # our own words need no reading
                mention.read_at = mention.read_at or at
            elif mention.deleted_at is None:
                mention.read_at = None
            touched.add(mention.id)
    return frozenset(i for i in touched if i is not None)
