import random
from datetime import datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.values import WaitEnd
from tests.conftest import NOON
from triage.waits import ClosureFact, PostFact, ThreadWaits, thread_waits

US, MARTA, JO, KIM = 1, 2, 3, 4


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def post(
    id: int,
    author: int,
    minutes: float,
    to: int | None = None,
    *,
    stored: float | None = None,
    deleted: float | None = None,
    automatic: bool = False,
    lost_parent: bool = False,
) -> PostFact:
    return PostFact(
        id=id,
        external_id=str(id),
        author_id=author,
        posted_at=at(minutes),
        stored_at=at(minutes if stored is None else stored),
        own=author == US,
        automatic=automatic,
        is_root=to is None and not lost_parent,
        parent_id=None if to is None else str(to),
        deleted_at=None if deleted is None else at(deleted),
    )


def spans(result: ThreadWaits, person: int) -> list[tuple[float, float | None, str | None]]:
    return [
        (
            (w.started_at - NOON).total_seconds() / 60,
            (w.ended_at - NOON).total_seconds() / 60 if w.ended_at else None,
            w.end.value if w.end else None,
        )
        for w in result.waits[person]
    ]


def test_a_wait_runs_from_the_first_unanswered_mention_to_our_answer() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, MARTA, 5, to=10), post(12, US, 20, to=11)])
    assert spans(result, MARTA) == [(0, 20, "answered")]
    assert result.waits[MARTA][0].mention_ids == (10, 11)


def test_a_mention_after_our_answer_starts_a_wait_of_its_own() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, US, 20, to=10), post(12, MARTA, 50, to=11)])
    assert spans(result, MARTA) == [(0, 20, "answered"), (50, None, None)]


def test_answering_one_of_three_people_leaves_two_waiting() -> None:
    result = thread_waits(
        [
            post(10, US, -5),
            post(11, MARTA, 0, to=10),
            post(12, JO, 1, to=10),
            post(13, KIM, 2, to=10),
            post(14, US, 9, to=12),
        ]
    )
    assert [spans(result, p)[0][2] for p in (MARTA, JO, KIM)] == [None, "answered", None]
    assert result.person_of[14] == JO


def test_our_announcement_under_our_own_post_ends_nobodys_wait() -> None:
    result = thread_waits([post(10, US, 0), post(11, MARTA, 1, to=10), post(12, US, 5, to=10)])
    assert spans(result, MARTA) == [(1, None, None)]
    assert result.person_of[12] is None
    assert not result.ambiguous


def test_our_second_part_belongs_to_the_person_above_our_first() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, US, 5, to=10), post(12, US, 6, to=11)])
    assert result.person_of[12] == MARTA
    assert spans(result, MARTA) == [(0, 5, "answered")]


def test_with_an_unknown_parent_our_post_answers_the_only_person_waiting() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, US, 5, lost_parent=True)])
    assert spans(result, MARTA) == [(0, 5, "answered")]


def test_with_an_unknown_parent_and_two_waiting_our_post_is_ambiguous() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, JO, 1, to=10), post(12, US, 5, to=99)])
    assert result.ambiguous == {12}
    assert spans(result, MARTA) == [(0, None, None)]
    assert spans(result, JO) == [(1, None, None)]


def test_an_automatic_post_ends_no_wait_but_belongs_to_the_conversation() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, US, 1, to=10, automatic=True)])
    assert spans(result, MARTA) == [(0, None, None)]
    assert result.person_of[11] == MARTA


def test_an_answer_in_the_same_second_as_the_mention_answers_it_whatever_the_ids() -> None:
    question = PostFact(id=1, external_id="t3_b", author_id=MARTA, posted_at=NOON, stored_at=NOON, is_root=True)
    answer = PostFact(
        id=2, external_id="t1_a", author_id=US, posted_at=NOON, stored_at=NOON, own=True, parent_id="t3_b"
    )
    assert spans(thread_waits([answer, question]), MARTA) == [(0, 0, "answered")]


def test_an_answer_dated_before_its_mention_is_kept_as_a_negative_time() -> None:
    result = thread_waits([post(10, MARTA, 30), post(11, US, 20, to=10)])
    assert spans(result, MARTA) == [(30, 20, "answered")]


def test_a_deleted_mention_ends_the_wait_only_if_all_of_it_is_gone() -> None:
    assert spans(thread_waits([post(10, MARTA, 0, deleted=9)]), MARTA) == [(0, 9, "deleted")]
    kept = thread_waits([post(10, MARTA, 0, deleted=9), post(11, MARTA, 5, to=10)])
    assert spans(kept, MARTA) == [(0, None, None)]


def test_an_answer_after_the_deletion_answers_nothing() -> None:
    result = thread_waits([post(10, MARTA, 0, deleted=9), post(11, US, 20, to=10)])
    assert spans(result, MARTA) == [(0, 9, "deleted")]


def test_a_locked_thread_ends_what_runs_in_it() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, JO, 1, to=10), post(12, US, 3, to=11)], locked_at=at(7))
    assert spans(result, MARTA) == [(0, 7, "locked")]
    assert spans(result, JO) == [(1, 3, "answered")]


def closed(minutes: float, kind: WaitEnd = WaitEnd.DISMISSED, ended: float | None = None) -> ClosureFact:
    return ClosureFact(
        author_id=MARTA, kind=kind, said_at=at(minutes), ended_at=at(minutes if ended is None else ended)
    )


def test_a_closure_ends_the_wait_and_the_next_mention_starts_another() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, MARTA, 30, to=10)], [closed(10)])
    assert spans(result, MARTA) == [(0, 10, "dismissed"), (30, None, None)]


def test_a_mention_that_arrives_after_a_closure_is_not_covered_by_it_however_old() -> None:
    late = post(9, MARTA, -20, stored=40)
    result = thread_waits([late, post(10, MARTA, 0)], [closed(10)])
    assert spans(result, MARTA) == [(-20, None, None), (0, 10, "dismissed")]


def test_a_platform_clock_ahead_of_ours_does_not_undo_a_closure() -> None:
    result = thread_waits([post(10, MARTA, 187, stored=0)], [closed(10)])
    assert spans(result, MARTA) == [(187, 10, "dismissed")]


def test_answered_elsewhere_ends_at_the_time_it_was_answered() -> None:
    result = thread_waits([post(10, MARTA, 0)], [closed(60, WaitEnd.ANSWERED_ELSEWHERE, ended=25)])
    assert spans(result, MARTA) == [(0, 25, "answered_elsewhere")]


def test_our_answer_before_the_closure_wins() -> None:
    result = thread_waits([post(10, MARTA, 0), post(11, US, 5, to=10)], [closed(10)])
    assert spans(result, MARTA) == [(0, 5, "answered")]


def test_a_circle_of_parents_is_worked_out_alike_whichever_post_comes_first() -> None:
    circle = [post(10, MARTA, 10, to=11), post(11, US, 12, to=10)]
    answered = thread_waits(circle)
    assert spans(answered, MARTA) == [(10, 12, "answered")]
    assert thread_waits(reversed(circle)) == answered
    three = [post(10, MARTA, 10, to=11), post(11, US, 12, to=12), post(12, JO, 11, to=10), post(13, US, 14, to=12)]
    assert len({str(thread_waits(order)) for order in permutations(three)}) == 1


def test_posts_that_answer_each_other_in_a_circle_do_no_harm() -> None:
    result = thread_waits([post(10, MARTA, 0, to=11), post(11, US, 5, to=10), post(12, US, 6, to=12)])
    assert result.person_of == {10: MARTA, 11: MARTA, 12: None}
    assert len(spans(result, MARTA)) == 1


@st.composite
def threads(draw: st.DrawFn) -> list[PostFact]:
    posts = []
    for i in range(10, 10 + draw(st.integers(1, 12))):
        parent = draw(st.one_of(st.none(), st.integers(8, max(10, i - 1))))
        posts.append(
            post(
                i,
                draw(st.sampled_from([US, MARTA, JO, KIM])),
                draw(st.integers(0, 30)),
                to=parent,
                stored=draw(st.integers(0, 60)),
                deleted=draw(st.one_of(st.none(), st.integers(0, 60))),
                automatic=draw(st.booleans()),
            )
        )
    return posts


closures = st.lists(
    st.builds(
        ClosureFact,
        author_id=st.sampled_from([MARTA, JO]),
        kind=st.sampled_from([WaitEnd.DISMISSED, WaitEnd.ANSWERED_ELSEWHERE]),
        said_at=st.integers(0, 60).map(at),
        ended_at=st.integers(0, 60).map(at),
    ),
    max_size=3,
)


@given(threads(), closures, st.one_of(st.none(), st.integers(0, 60).map(at)), st.randoms())
def test_the_order_of_arrival_never_matters(
    posts: list[PostFact], closed: list[ClosureFact], locked: datetime | None, rng: random.Random
) -> None:
    straight = thread_waits(posts, closed, locked)
    shuffled = list(posts)
    rng.shuffle(shuffled)
    rng.shuffle(closed)
    assert thread_waits(shuffled, closed, locked) == straight


@given(threads(), closures)
def test_every_mention_stands_in_exactly_one_wait_of_its_author(
    posts: list[PostFact], closed: list[ClosureFact]
) -> None:
    result = thread_waits(posts, closed)
    for person, waits in result.waits.items():
        inside = [m for w in waits for m in w.mention_ids]
        assert sorted(inside) == sorted(p.id for p in posts if p.author_id == person and not p.own)
        assert sum(w.end is None for w in waits) <= 1
