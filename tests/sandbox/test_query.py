import pytest

from sandbox.query import QueryError, Term, contains, holds, parse


def finds(query: str, text: str) -> bool:
    def term(asked: Term) -> bool:
        return contains(text, asked.value)

    return holds(parse(query), term)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kettle leaks", True),
        ("kettle steams", False),
        ('"kettle leaks"', True),
        ('"leaks kettle"', False),
        ("steams OR leaks", True),
        ("kettle (steams OR drips)", False),
        ("kettle -leaks", False),
        ("kettle -(steams OR drips)", True),
        ("kettle NOT steams", True),
        ("steams OR kettle leaks", True),
        ("KETTLE AND leaks", True),
    ],
)
def test_terms_phrases_or_and_not_mean_what_they_say(query: str, found: bool) -> None:
    assert finds(query, "My new kettle leaks, badly.") is found


def test_a_word_is_found_whole_and_not_inside_another() -> None:
    assert not contains("kettlebell training", "kettle")
    assert contains("a coca-cola kettle", "cola")


def test_chinese_and_japanese_are_looked_through_letter_by_letter() -> None:
    assert contains("新しいケトルが漏れる", "ケトル")
    assert not contains("新しいケトル", "水壶")


def test_a_field_is_told_from_a_web_address() -> None:
    assert parse("from:ana") == Term("from", "ana")
    assert parse("https://example.org") == Term("", "https://example.org")


@pytest.mark.parametrize("broken", ["", "   ", "(kettle", "kettle)", "kettle OR", "OR kettle", "-"])
def test_a_broken_query_is_refused(broken: str) -> None:
    with pytest.raises(QueryError):
        finds(broken, "")
        raise AssertionError(parse(broken))
