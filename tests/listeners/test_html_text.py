"""HTML of strangers becomes text and safe addresses."""

import subprocess
import sys
from pathlib import Path

import pytest

from listeners.html_text import as_text, http_url, plain_text, tidy


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/><br/>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>after", "One\nTwo\n\nafter"),
        ("<h1>Title</h1>Text", "Title\n\nText"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("See <a href='https://x.example'>the <b>kettle</b></a>!", "See the kettle!"),
        ("a &lt;b&gt; &amp;amp; &eacute; &#x1F600; &nbsp;c", "a <b> &amp; é 😀 c"),
        ("  much \n\t white  <i> space </i> ", "much white space"),
        ("a<script>evil()</script><style>p{}</style><template>t</template><svg><text>s</text></svg>b", "ab"),
        ("<script>evil()</script>only", "only"),
        ("<!-- no --><!--><script>x</script>-->yes", "-->yes"),
        ("hot <img src=x alt='🔥'> and <img alt='a long description'>", "hot 🔥 and"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext"),
        ("no markup at all", "no markup at all"),
        ("品牌<br>ブランド", "品牌\nブランド"),
        ("", ""), ("<p></p>", ""), ("<script>", ""),
        ("price < 5 and > 3", "price < 5 and > 3"),
    ],
)  # fmt: skip
def test_html_reads_as_people_would_read_it(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_text_that_only_looks_like_html_stays_as_it_is() -> None:
    assert as_text("a <b> c", html=False).text == "a <b> c"
    assert as_text("a <b>b</b> c", html=True).text == "a b c"


def test_tidy_keeps_paragraphs_and_nothing_more() -> None:
    assert tidy(" a  b \n\n\n\n c\td \n e ") == "a b\n\nc d\ne"


HOSTILE = """
import sys
from listeners.html_text import plain_text
for html in (
    "<a " * 300_000, "<" * 900_000, "<div>" * 200_000, "<a><b><i>" * 100_000 + "</p>" * 50_000, "<!--" * 200_000,
    "<a " + "".join(f" x{n}=1" for n in range(100_000)) + ">", "&" * 900_000, "&#" + "9" * 900_000, "<br>" * 200_000,
    " \\n" * 400_000, "<p" * 400_000, "</" * 400_000, "<?" * 400_000, "<script>" * 100_000, "<table><tr>" * 60_000,
):
    plain_text(html + "<p>end</p>")
"""


def test_hostile_markup_ends() -> None:
    """A parser's tree needs minutes for some of these. The limit is no measurement, it only ends a hang."""
    subprocess.run([sys.executable, "-c", HOSTILE], cwd=Path(__file__).parents[2], check=True, timeout=60)


def test_an_article_beyond_measure_still_gives_its_words() -> None:
    html = "<p>One <b>kettle</b> &amp; two</p>" * 3_000
    assert plain_text(html).split("\n")[0] == "One kettle & two"
    assert plain_text(html).count("kettle") == 3_000


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        ("  http://x.example/a \n", "http://x.example/a"),
        ("HTTPS://X.example/", "https://X.example/"),
        ("/p/1", "https://blog.example/p/1"),
        ("p/1", "https://blog.example/posts/p/1"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("http://x.example/a b\"<c>'", "http://x.example/a%20b%22%3Cc%3E'"),
        ("http://x.example/ä", "http://x.example/ä"),
        ("javascript:alert(1)", ""), ("JavaScript:alert(1)", ""), ("java\tscript:alert(1)", ""),
        ("\x01javascript:x", ""),
        ("data:text/html,x", ""), ("file:///etc/passwd", ""), ("mailto:ana@x.example", ""), ("http://", ""), ("", ""),
        ("http://x.example/\x00", ""), ("ht\ntp://x.example/", ""), ("http://ana:pw@x.example/", ""), ("http://[x", ""),
        ("http://x.example:99999/", ""), ("https://x.example/" + "a" * 5_000, ""), ("tag:x.example,2026:1", ""),
    ],
)  # fmt: skip
def test_only_web_addresses_come_through(url: str, safe: str) -> None:
    assert http_url(url, "https://blog.example/posts/") == safe


def test_a_relative_address_without_a_base_is_none() -> None:
    assert http_url("/p/1") == ""
