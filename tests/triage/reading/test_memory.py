"""What was read before."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from triage.reading.memory import Memory


class Teller:
    """Works out a value by doubling the key, and tells what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, keys: list[int]) -> list[int]:
        self.asked.append(keys)
        return [2 * key for key in keys]


def test_values_come_in_the_order_of_the_keys() -> None:
    memory: Memory[int, int] = Memory(10)
    assert memory.all_of([3, 1, 2], Teller()) == [6, 2, 4]
    assert memory.all_of([2, 9, 3], Teller()) == [4, 18, 6]


def test_each_new_key_is_worked_out_once_and_all_in_one_call() -> None:
    memory, teller = Memory[int, int](10), Teller()
    assert memory.all_of([5, 7, 5, 5, 7], teller) == [10, 14, 10, 10, 14]
    assert teller.asked == [[5, 7]]


def test_only_what_is_not_known_is_worked_out() -> None:
    memory, teller = Memory[int, int](10), Teller()
    memory.all_of([1, 2], teller)
    assert memory.all_of([2, 3, 1], teller) == [4, 6, 2]
    assert teller.asked == [[1, 2], [3]]


def test_nothing_is_asked_for_nothing() -> None:
    memory, teller = Memory[int, int](10), Teller()
    assert memory.all_of([], teller) == []
    memory.all_of([1], teller)
    assert memory.all_of([1, 1], teller) == [2, 2]
    assert teller.asked == [[1]]


def test_the_key_asked_for_longest_ago_is_forgotten() -> None:
    memory, teller = Memory[int, int](2), Teller()
    memory.all_of([1, 2], teller)
    memory.all_of([1], teller)
    memory.all_of([3], teller)
    memory.all_of([1], teller)
    memory.all_of([2], teller)
    assert teller.asked == [[1, 2], [3], [2]]


def test_more_keys_than_it_holds_are_all_answered() -> None:
    memory, teller = Memory[int, int](3), Teller()
    assert memory.all_of(range(50), teller) == [2 * key for key in range(50)]
    assert memory.all_of([47, 48, 49], teller) == [94, 96, 98]
    assert teller.asked == [list(range(50))]


def test_what_fails_is_not_remembered() -> None:
    def fails(keys: list[int]) -> list[int]:
        raise OSError("no weights")

    memory: Memory[int, int] = Memory(10)
    with pytest.raises(OSError, match="no weights"):
        memory.all_of([1], fails)
    assert memory.all_of([1], Teller()) == [2]


def test_too_few_values_are_an_error_and_no_mix_up() -> None:
    memory: Memory[int, int] = Memory(10)
    with pytest.raises(ValueError, match="shorter"):
        memory.all_of([1, 2], lambda keys: [2])
    assert memory.all_of([1, 2], Teller()) == [2, 4]


def test_threads_get_their_own_answers_from_a_memory_that_is_too_small() -> None:
    memory: Memory[int, int] = Memory(5)
    start = threading.Barrier(8)

    def ask(first: int) -> bool:
        start.wait()
        keys = [(first + step * 7) % 23 for step in range(300)]
        return all(
            memory.all_of(keys[at : at + 3], Teller()) == [2 * k for k in keys[at : at + 3]] for at in range(297)
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


def test_one_thread_does_not_wait_for_what_another_works_out() -> None:
    memory: Memory[int, int] = Memory(5)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(keys: list[int]) -> list[int]:
        begun.set()
        assert go_on.wait(60)
        return [2 * key for key in keys]

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(memory.all_of, [1], slowly)
        assert begun.wait(60)
        assert memory.all_of([1, 2], Teller()) == [2, 4]
        go_on.set()
        assert slow.result(60) == [2]
