"""Sandbox, blogs: RSS 2.0, Atom and pages. In: posts of a blog, out: markup in the shape WordPress serves.

Identities stay the same wherever the server runs; only links carry its address.
"""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from sandbox.records import Blog, Post, is_public, locked, text_at
from sandbox.world import World

_RSS_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
_ATOM_SPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'


@dataclass(slots=True)
class BlogView:
    """A blog as one request sees it: under which address, and at which article (None = the front)."""

    world: World
    blog: Blog
    base: str
    article: Post | None

    @property
    def home(self) -> str:
        """The blog's own address, with a slash at the end."""
        return f"{self.base}/blog/{self.blog.slug}/"

    def name_of(self, article: Post) -> str:
        """Return an article's name in its address; it does not change with an edit."""
        words = re.sub(r"[^a-z0-9]+", "-", article.title.casefold()).strip("-")[:60]
        return f"{words}-{article.id}" if words else article.id

    def url(self, post: Post) -> str:
        """Return where a browser finds an article or a comment."""
        article = self.world.root(post)
        page = f"{self.home}{self.name_of(article)}/"
        return page if post is article else f"{page}#comment-{post.id}"

    def guid(self, post: Post) -> str:
        """Return the identity, an address that never changes."""
        return blog_guid(self.world, post)

    def comments_of(self, article: Post) -> list[Post]:
        """Return the public comments under an article."""
        now = self.world.clock.now()
        return [
            p for p in self.world.posts.values() if p.root == article.key and p is not article and is_public(p, now)
        ]


def blog_guid(world: World, post: Post) -> str:
    """Return a blog post's identity: an absolute URI that does not depend on the server's address."""
    article = world.root(post)
    page = f"https://{post.place}.example/?p={article.id}"
    return page if post is article else f"{page}#comment-{post.id}"


def articles_rss(view: BlogView, posts: list[Post]) -> str:
    """Return the blog's RSS 2.0 feed; each item announces its comment feed."""
    return _rss(view, view.blog.title, "feed.xml", [_rss_article(view, post) for post in posts])


def articles_atom(view: BlogView, posts: list[Post]) -> str:
    """Return the blog's Atom feed; each entry announces its comment feed."""
    return _atom(view, view.blog.title, "atom.xml", posts)


def comments_rss(view: BlogView, posts: list[Post]) -> str:
    """Return an article's comment feed; an answer to a comment says so in its first line."""
    assert view.article is not None
    name = view.name_of(view.article)
    title = f"Comments on: {view.article.title}"
    return _rss(view, title, f"{name}/comments.xml", [_rss_comment(view, post) for post in posts])


def comments_atom(view: BlogView, posts: list[Post]) -> str:
    """Return an article's comment feed as Atom; thr:in-reply-to names the parent."""
    assert view.article is not None
    name = view.name_of(view.article)
    title = f"Comments on: {view.article.title}"
    return _atom(view, title, f"{name}/comments.atom", posts)


def article_page(view: BlogView, comments: list[Post]) -> str:
    """Return an article with its comments as a page."""
    assert view.article is not None
    article, now = view.article, view.world.clock.now()
    said = "".join(
        f'<li id="comment-{post.id}"><b>{html.escape(_author(view, post))}</b> '
        f'<time datetime="{_iso(post.made_at)}">{_iso(post.made_at)}</time>{_html(text_at(post, now))}</li>'
        for post in comments
    )
    closed = "<p>Comments are closed.</p>" if locked(article, now) else ""
    feed = f"{view.home}{view.name_of(article)}/comments.xml"
    return (
        f'<!doctype html><html lang="{view.blog.language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(article.title)} – {html.escape(view.blog.title)}</title>"
        f'<link rel="alternate" type="application/rss+xml" href="{view.home}feed.xml">'
        f'<link rel="alternate" type="application/rss+xml" href="{feed}"></head><body><article>'
        f"<h1>{html.escape(article.title)}</h1><p>{html.escape(_author(view, article))}</p>"
        f"{_html(text_at(article, now))}</article><ol>{said}</ol>{closed}</body></html>"
    )


def _rss(view: BlogView, title: str, name: str, items: list[str]) -> str:
    own = quoteattr(view.home + name)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_RSS_SPACES}><channel>'
        f"<title>{escape(title)}</title><link>{view.home}</link><description>{escape(title)}</description>"
        f'<atom:link href={own} rel="self" type="application/rss+xml"/>'
        f"<language>{view.blog.language}</language>{''.join(items)}</channel></rss>"
    )


def _rss_article(view: BlogView, post: Post) -> str:
    text = _html(text_at(post, view.world.clock.now()))
    feed, count = f"{view.url(post)}comments.xml", len(view.comments_of(post))
    return (
        f"<item><title>{escape(post.title)}</title><link>{view.url(post)}</link>"
        f"<comments>{view.url(post)}#comments</comments><dc:creator>{escape(_author(view, post))}</dc:creator>"
        f'{_rss_date(post)}<guid isPermaLink="false">{escape(view.guid(post))}</guid>'
        f"<description>{escape(_summary(text_at(post, view.world.clock.now())))}</description>"
        f"<content:encoded>{escape(text)}</content:encoded>"
        f"<wfw:commentRss>{feed}</wfw:commentRss><slash:comments>{count}</slash:comments></item>"
    )


def _rss_comment(view: BlogView, post: Post) -> str:
    author, text = _author(view, post), text_at(post, view.world.clock.now())
    return (
        f"<item><title>By: {escape(author)}</title><link>{view.url(post)}</link>"
        f"<dc:creator>{escape(author)}</dc:creator>{_rss_date(post)}"
        f'<guid isPermaLink="false">{escape(view.guid(post))}</guid>'
        f"<description>{escape(_summary(text))}</description>"
        f"<content:encoded>{escape(_answering(view, post) + _html(text))}</content:encoded></item>"
    )


def _atom(view: BlogView, title: str, name: str, posts: list[Post]) -> str:
    updated = max((post.made_at for post in posts), default=datetime(2020, 1, 1, tzinfo=UTC))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed {_ATOM_SPACES} xml:lang="{view.blog.language}">'
        f"<title>{escape(title)}</title><id>{view.home}{name}</id>"
        f"<updated>{_iso(updated)}</updated>"
        f'<link rel="self" href="{view.home}{name}"/><link rel="alternate" href="{view.home}"/>'
        f"{''.join(_atom_entry(view, post) for post in posts)}</feed>"
    )


def _atom_entry(view: BlogView, post: Post) -> str:
    text = text_at(post, view.world.clock.now())
    author, name = view.world.author(post).blog, _author(view, post)
    uri = f"<uri>{escape(author.url)}</uri>" if author and author.url else ""
    title = post.title if post.kind == "article" else f"By: {name}"
    date = _served(post)
    dates = f"<updated>{_iso(date)}</updated><published>{_iso(date)}</published>" if date else ""
    return (
        f"<entry><title>{escape(title)}</title><id>{escape(view.guid(post))}</id>"
        f'<link rel="alternate" type="text/html" href="{view.url(post)}"/>{_thread_links(view, post)}'
        f"<author><name>{escape(name)}</name>{uri}</author>{dates}"
        f'<content type="html">{escape(_html(text))}</content></entry>'
    )


def _thread_links(view: BlogView, post: Post) -> str:
    parent = view.world.parent(post)
    if parent is not None:
        return f"<thr:in-reply-to ref={quoteattr(view.guid(parent))} href={quoteattr(view.url(parent))}/>"
    count = len(view.comments_of(post))
    feed = f"{view.url(post)}comments.atom"
    return f'<link rel="replies" type="application/atom+xml" href="{feed}" thr:count="{count}"/>'


def _answering(view: BlogView, post: Post) -> str:
    parent = view.world.parent(post)
    if parent is None or parent.kind == "article":
        return ""
    link = html.escape(view.url(parent))
    return f'<p>In reply to <a href="{link}">{html.escape(_author(view, parent))}</a>.</p>\n\n'


def _author(view: BlogView, post: Post) -> str:
    return view.world.author(post).name_on("blog")


def _served(post: Post) -> datetime | None:
    return post.made_at if post.served_at is None else post.served_at or None


def _rss_date(post: Post) -> str:
    date = _served(post)
    return f"<pubDate>{format_datetime(date.astimezone(UTC))}</pubDate>" if date else ""


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _html(text: str) -> str:
    parts = [part for part in re.split(r"\n{2,}", text.strip()) if part]
    lines = (html.escape(part, quote=False).replace("\n", "<br />\n") for part in parts)
    return "\n".join(f"<p>{part}</p>" for part in lines)


def _summary(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 55 else " ".join(words[:55]) + " […]"
