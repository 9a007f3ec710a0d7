"""LISTEN: HTML of strangers → plain text and safe addresses. Comes in: any markup. Goes out: text, http(s) URLs or "".

Never keeps markup: what a feed holds reaches people as text only. Bounded: the HTML parser's time grows with the
square of nesting depth and of the attributes of one tag, so markup beyond any article's is stripped without a tree.
"""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from listeners.feed_shapes import ParsedText

MOST_TAGS = 5_000
LONGEST_TAG = 10_000
LONGEST_URL = 4_000

_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title"})
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "pre", "table", "hr", "figure", "section",
    "article", "header", "footer",
})  # fmt: skip
_LINES = frozenset({"div", "li", "tr", "dt", "dd", "figcaption", "summary", "option"})

_OPENING = re.compile(r"<[a-zA-Z]")
_HUGE_TAG = re.compile(rf"<[^<>]{{{LONGEST_TAG}}}")
_BREAKING_TAG = re.compile(r"</?(?:p|h[1-6]|br|div|li|tr|blockquote|ul|ol|pre|table)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_SPACES = re.compile(r"[^\S\n\x1d\x1e]+")
_LINE, _PARAGRAPH = "\x1d", "\x1e"
"""Marks of "a new line begins here at the latest"; both count as white, so no text of a page can hold them."""
_BREAKS = re.compile(f" ?[\n{_LINE}{_PARAGRAPH}][ \n{_LINE}{_PARAGRAPH}]*")
_MARKS = re.compile(f"[{_LINE}{_PARAGRAPH}]")
_WHITE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNSAFE = {ord(c): f"%{ord(c):02X}" for c in ' "<>`{}|\\^'}


@lru_cache(maxsize=4)
def as_text(value: str, html: bool) -> ParsedText:
    """A feed's text with its plain form. Remembers the last few: a summary often repeats the content."""
    return ParsedText(value=value, html=html, text=plain_text(value) if html else tidy(value))


def plain_text(html: str) -> str:
    """The words of some HTML: paragraphs parted by a blank line, lines by a newline, links as their text.

    Scripts, styles and other machinery are left out, entities decoded; a small image's alternative text (an emoji) is
    kept. Text without markup comes back with its spaces tidied.
    """
    if _beyond_measure(html):
        html = _TAG.sub("", _BREAKING_TAG.sub("\n", html)).replace("\n", "<br>")
    body = LexborHTMLParser(html).body
    return tidy("".join(_pieces(body))) if body else ""


def tidy(text: str) -> str:
    """Runs of spaces become one, runs of newlines two at most; nothing white at either end."""
    return _BREAKS.sub(_one_break, _SPACES.sub(" ", text)).strip()


def _one_break(run: re.Match[str]) -> str:
    """A run of newlines and marks, as what it means."""
    white = run.group()
    return "\n\n" if _PARAGRAPH in white or white.count("\n") > 1 else "\n"


def _beyond_measure(html: str) -> bool:
    if len(html) <= MOST_TAGS:
        return False
    if any(count >= MOST_TAGS for count, _ in enumerate(_OPENING.finditer(html))):
        return True
    return _HUGE_TAG.search(html) is not None


def _pieces(root: LexborNode) -> list[str]:
    """Text and breaks in the document's order; a loop and no recursion, whatever the depth."""
    pieces: list[str] = []
    node = root.first_child
    while node is not None:
        below = _enter(node, pieces)
        if below is not None:
            node = below
            continue
        _leave(node, pieces)
        while node.next is None:
            node = node.parent
            if node is None or node.mem_id == root.mem_id:
                return pieces
            _leave(node, pieces)
        node = node.next
    return pieces


def _enter(node: LexborNode, pieces: list[str]) -> LexborNode | None:
    """Note what begins here; the first child to go on with, if any."""
    tag = node.tag
    if node.is_text_node:
        in_pre = node.parent is not None and node.parent.tag == "pre"
        text = node.text_content or ""
        pieces.append(_MARKS.sub(" ", text) if in_pre else _WHITE.sub(" ", text))
        return None
    if tag in _DROPPED or not node.is_element_node:
        return None
    if tag == "img" and len(alternative := node.attributes.get("alt") or "") <= 4:
        pieces.append(alternative)
    pieces.append(_break(tag))
    return node.first_child


def _leave(node: LexborNode, pieces: list[str]) -> None:
    if node.is_element_node and node.tag != "br":
        pieces.append(" " if node.tag in ("td", "th") else _break(node.tag))


def _break(tag: str | None) -> str:
    if tag == "br":
        return "\n"
    return _PARAGRAPH if tag in _PARAGRAPHS else _LINE if tag in _LINES else ""


def http_url(url: str, base: str = "") -> str:
    """An absolute http(s) address that is safe to link to, or "" when there is none in it.

    Relative ones are joined to `base`. Refused: every other scheme (javascript:, data:), control characters inside,
    a name or password before the host, more than 4,000 characters.
    """
    text = url.strip(" \t\r\n\f")
    if not text or _CONTROL.search(text):
        return ""
    try:
        whole = urljoin(base, text)
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return ""
    whole = parts.scheme + whole[len(parts.scheme) :]  # urlsplit has made it lower case
    return whole.translate(_UNSAFE) if usable and len(whole) <= LONGEST_URL else ""
