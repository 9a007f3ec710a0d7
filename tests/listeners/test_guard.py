"""Which addresses may be reached."""

import pytest

from listeners.errors import BadTarget
from listeners.guard import allowed_pairs, checked_url, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "5f00::1", "localhost", "", "8.8.8.8.8",
    ],
)  # fmt: skip
def test_private_and_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://blog.example/feed", "gopher://x/", "javascript:alert(1)", "/etc/passwd", "",
        "feed.xml",
        "http://", "http:///feed", "http://ana:secret@blog.example/", "http://ana@blog.example/",
        "http://blog.example:22/", "http://blog.example:25/", "https://blog.example:6667/", "http://127.0.0.1/",
        "http://[::1]/", "http://[fe80::1]/", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/",
        "http://blog.example:99999/", "http://a b/", "http://[broken/",
    ],
)  # fmt: skip
def test_an_address_that_is_wrong_by_its_own_words_is_refused(url: str) -> None:
    with pytest.raises(BadTarget):
        checked_url(url)


@pytest.mark.parametrize(
    "url", ["http://blog.example/feed", "https://blog.example:8443/f?x=1", "http://bücher.example/"]
)
def test_an_ordinary_address_is_taken(url: str) -> None:
    assert checked_url(url).host == url.split("/")[2].split(":")[0]


def test_the_refusal_says_which_exception_would_allow_it() -> None:
    with pytest.raises(BadTarget, match=r"add 127\.0\.0\.1:8080 to QUARTERDECK_ALLOW_ADDRESSES"):
        checked_url("http://127.0.0.1:8080/feed")


def test_an_exception_is_an_exact_pair_of_host_and_port() -> None:
    allowed = allowed_pairs(["127.0.0.1:8080", "[::1]:81", "Intranet:22", "bücher.example:80"])
    for url in ("http://127.0.0.1:8080/", "http://[::1]:81/", "http://intranet:22/", "http://bücher.example/"):
        checked_url(url, allowed)
    for url in ("http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://[::1]/", "https://intranet:23/"):
        with pytest.raises(BadTarget):
            checked_url(url, allowed)


@pytest.mark.parametrize("word", ["localhost", "localhost:", ":80", "localhost:x", "localhost:0", "::1:80:x", "a b:80"])
def test_an_exception_that_is_no_pair_says_so(word: str) -> None:
    with pytest.raises(BadTarget, match="QUARTERDECK_ALLOW_ADDRESSES"):
        allowed_pairs([word])
