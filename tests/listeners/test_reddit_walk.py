"""Walking a listing back to what is known: whatever happens on the way, in the end nothing is missing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listeners.errors import RateLimited, Unreachable
from listeners.post import Post, Writer
from listeners.reddit_walk import GAPS, SEEN, Allowance, Page, unique, visit
from models.values import Platform


class Listing:
    """A newest-first listing as Reddit keeps it: at most 1000, an empty page behind a deleted id."""

    def __init__(self, page: int = 100, window: int = 1000) -> None:
        self.page, self.window = page, window
        self.names: list[str] = []
        self.made = 0
        self.reads = 0
        self.fails: dict[int, Exception] = {}

    def post(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            self.names.insert(0, f"t3_{self.made}")

    def read(self, after: str) -> Page:
        self.reads += 1
        if self.reads in self.fails:
            raise self.fails[self.reads]
        shown = self.names[: self.window]
        if after and after not in shown:
            return Page(posts=(), names=(), after=None)
        begin = shown.index(after) + 1 if after else 0
        names = shown[begin : begin + self.page]
        more = begin + self.page < len(shown)
        return Page(posts=tuple(a_post(n) for n in names), names=tuple(names), after=names[-1] if more else None)


def a_post(name: str) -> Post:
    return Post(platform=Platform.REDDIT, external_id=name, author=Writer(handle="marta"), text="x")


class Poller:
    """Polls a listing as the worker does: state through JSON, again while there is more."""

    def __init__(self, listing: Listing, pages: int = 3) -> None:
        self.listing, self.pages = listing, pages
        self.state: dict[str, Any] = {}
        self.had: set[str] = set()
        self.gaps: tuple[Any, ...] = ()
        self.lost: list[Any] = []

    def once(self) -> Allowance:
        allowance = Allowance(pages=self.pages, seconds=60)
        walked = visit("new", self.listing.read, json.loads(json.dumps(self.state)), allowance)
        self.state, self.gaps = walked.state, tuple(gap for gap in walked.gaps if not gap.lost)
        self.lost += [gap for gap in walked.gaps if gap.lost]
        self.had |= {post.external_id for post in walked.posts}
        return allowance

    def until_quiet(self) -> None:
        for _ in range(60):
            self.once()
            if not self.gaps:
                return
        raise AssertionError("it never ends")


def test_the_first_visit_takes_everything_the_listing_has() -> None:
    listing = Listing()
    listing.post(730)
    poller = Poller(listing)
    poller.until_quiet()
    assert poller.had == set(listing.names)
    assert poller.gaps == ()


def test_a_quiet_source_costs_one_request() -> None:
    listing = Listing()
    listing.post(730)
    poller = Poller(listing)
    poller.until_quiet()
    before = listing.reads
    poller.once()
    assert listing.reads == before + 1


@pytest.mark.parametrize("new", [0, 1, 99, 100, 101, 250, 899])
def test_new_posts_are_all_found_and_no_page_more_than_needed_is_read(new: int) -> None:
    listing = Listing()
    listing.post(300)
    poller = Poller(listing, pages=20)
    poller.until_quiet()
    listing.post(new)
    before = listing.reads
    poller.once()
    assert poller.had >= set(listing.names[:new])
    assert listing.reads - before == -(-(new + 1) // 100)
    assert poller.gaps == ()


def test_a_visit_that_stops_early_leaves_a_gap_that_is_gone_on_with() -> None:
    listing = Listing()
    listing.post(50)
    poller = Poller(listing, pages=2)
    poller.until_quiet()
    listing.post(700)
    poller.once()
    (gap,) = poller.gaps
    assert (gap.lost, gap.since, gap.until) == (False, "t3_50", "t3_551")
    listing.post(20)
    poller.once()
    assert [again.key for again in poller.gaps] == [gap.key]
    poller.until_quiet()
    assert poller.had == set(listing.names)


@pytest.mark.parametrize("failure", [RateLimited("slow down"), Unreachable("503")])
@pytest.mark.parametrize("at", [2, 3, 4])
def test_a_failure_on_the_way_keeps_what_was_read_and_is_mended_later(failure: Exception, at: int) -> None:
    listing = Listing()
    listing.post(450)
    listing.fails = {at: failure}
    poller = Poller(listing, pages=20)
    assert poller.once().failure is failure
    assert poller.had == set(listing.names[: 100 * (at - 1)])
    assert len(poller.gaps) == 1
    assert ("rate limit" in poller.gaps[0].reason) == isinstance(failure, RateLimited)
    poller.until_quiet()
    assert poller.had == set(listing.names)


def test_a_failure_at_once_changes_nothing() -> None:
    listing = Listing()
    listing.post(5)
    poller = Poller(listing)
    poller.once()
    before = poller.state
    listing.fails = {2: Unreachable("503")}
    poller.once()
    assert poller.state == before


def test_a_deleted_anchor_does_not_end_the_walk() -> None:
    listing = Listing()
    listing.post(500)
    poller = Poller(listing, pages=2)
    poller.once()
    anchors = poller.state["gaps"][0]["after"]
    for name in anchors[:3]:
        listing.names.remove(name)
    poller.until_quiet()
    assert poller.had >= set(listing.names)
    assert poller.gaps == ()


def test_when_all_anchors_are_deleted_it_walks_again_from_the_top() -> None:
    listing = Listing()
    listing.post(500)
    poller = Poller(listing, pages=2)
    poller.once()
    for name in poller.state["gaps"][0]["after"]:
        listing.names.remove(name)
    poller.until_quiet()
    assert poller.had >= set(listing.names)
    assert poller.gaps == ()


def test_known_posts_that_were_deleted_do_not_hide_the_rest() -> None:
    listing = Listing()
    listing.post(300)
    poller = Poller(listing, pages=20)
    poller.until_quiet()
    del listing.names[:120]
    listing.post(130)
    poller.once()
    assert poller.had >= set(listing.names)
    assert poller.gaps == ()


def test_more_than_a_thousand_new_posts_leave_a_gap_that_is_lost_and_says_so() -> None:
    listing = Listing()
    listing.post(100)
    poller = Poller(listing)
    poller.until_quiet()
    listing.post(1500)
    poller.until_quiet()
    assert poller.had == {f"t3_{n}" for n in [*range(1, 101), *range(601, 1601)]}
    (gap,) = poller.lost
    assert gap.since == "t3_100"
    listing.post(1)
    poller.once()
    assert poller.lost == [gap]  # told once


def test_a_post_that_turns_up_late_among_known_ones_is_found() -> None:
    listing = Listing()
    listing.post(200)
    poller = Poller(listing, pages=20)
    poller.until_quiet()
    listing.names.insert(60, "t3_late")
    poller.once()
    assert "t3_late" in poller.had


def test_a_pinned_known_post_on_top_does_not_end_the_walk() -> None:
    listing = Listing()
    listing.post(300)
    poller = Poller(listing, pages=20)
    poller.until_quiet()
    listing.post(150)
    listing.names.insert(0, listing.names.pop(160))
    poller.once()
    assert poller.had >= set(listing.names)


def test_a_server_that_never_ends_is_left_in_the_end() -> None:
    endless = iter(range(10**9))

    def read(after: str) -> Page:
        names = tuple(f"t3_{next(endless)}" for _ in range(100))
        return Page(posts=(), names=names, after=names[-1])

    state: dict[str, Any] = {"seen": ["t3_known"]}
    allowance = Allowance(pages=50, seconds=60)
    walked = visit("new", read, state, allowance)
    assert allowance.read == 13
    assert [gap.lost for gap in walked.gaps] == [True]


def test_a_visit_is_bounded_in_time() -> None:
    listing = Listing()
    listing.post(500)
    allowance = Allowance(pages=50, seconds=-1)
    assert visit("new", listing.read, {}, allowance).posts == ()
    assert listing.reads == 0


def test_what_is_remembered_stays_small() -> None:
    listing = Listing()
    poller = Poller(listing, pages=2)
    for _ in range(40):
        listing.post(450)
        poller.once()
    assert len(poller.state["seen"]) <= SEEN
    assert len(poller.state["gaps"]) <= GAPS
    assert len(json.dumps(poller.state)) < 40_000


def test_each_post_counts_once() -> None:
    assert [post.external_id for post in unique([a_post("t3_b"), a_post("t3_a"), a_post("t3_b")])] == ["t3_b", "t3_a"]


steps = st.one_of(
    st.tuples(st.just("post"), st.integers(0, 60)),
    st.tuples(st.just("delete"), st.integers(0, 30)),
    st.tuples(st.just("poll"), st.integers(2, 4)),
    st.tuples(st.just("fail"), st.integers(1, 4)),
)


@settings(max_examples=150, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=25))
def test_whatever_happens_the_end_is_exactly_the_platforms_set(steps: list[tuple[str, int]]) -> None:
    listing = Listing(page=10, window=900)
    poller = Poller(listing)
    for what, count in steps:
        if what == "post":
            listing.post(min(count, 850 - len(listing.names)))
        elif what == "delete":
            del listing.names[count : count + 5]
        elif what == "fail":
            listing.fails[listing.reads + count] = Unreachable("503")
        else:
            poller.pages = count
            poller.once()
    listing.fails = {}
    poller.until_quiet()
    assert poller.had >= set(listing.names)
