"""The mentions we wrote ourselves."""

import re
from collections import Counter
from pathlib import Path

import pytest

from sandbox.life import STORY, read_tables
from triage.reading.head import INTENTS, SENTIMENTS
from triage.reading.seeds import CHOICE_THEMES, HELD_OUT_THEMES, read_seeds

SEEDS = read_seeds()
MENTIONS = [seed for seed in SEEDS if not seed.theme.startswith(("words/", "cues/"))]
"""Whole mentions, without single words and phrases."""


def test_every_seed_is_complete() -> None:
    for seed in SEEDS:
        assert seed.text.strip()
        assert seed.language in {"en", "es", "de", "fr", "it", "pt", "nl", "zh", "ja"}
        assert seed.sentiment in SENTIMENTS
        assert seed.intents is None or (seed.intents and set(seed.intents) <= set(INTENTS))
        assert all(share is None or 0 <= share <= 1 for share in (seed.about_brand, seed.needs_reply))


def test_no_seed_stands_twice_within_training_and_held_out() -> None:
    held_out = {seed.text.casefold() for seed in SEEDS if seed.held_out}
    assert not held_out & {seed.text.casefold() for seed in SEEDS if not seed.held_out}


def test_there_are_seeds_enough_for_every_intent() -> None:
    assert len(MENTIONS) >= 1_500
    assert len({seed.text.casefold() for seed in MENTIONS}) == len(MENTIONS)
    counts = Counter(code for seed in MENTIONS for code in seed.intents or ())
    assert all(counts[code] >= 100 for code in INTENTS), counts


def test_seeds_are_written_in_many_languages_and_situations() -> None:
    counts = Counter(seed.language for seed in MENTIONS)
    assert all(counts[code] >= 100 for code in ("en", "es", "de", "fr", "zh", "ja")), counts
    assert all(counts[code] >= 30 for code in ("it", "pt", "nl")), counts
    assert len({seed.theme for seed in MENTIONS}) >= 100


def test_every_intent_has_themes_to_train_on_to_choose_by_and_held_out() -> None:
    parts = {
        "held out": [seed for seed in SEEDS if seed.held_out],
        "choice": [seed for seed in SEEDS if seed.for_choices],
        "train": [seed for seed in SEEDS if not seed.held_out and not seed.for_choices],
    }
    for name, part in parts.items():
        assert {code for seed in part for code in seed.intents or ()} == set(INTENTS), name


def test_every_theme_that_is_kept_back_exists_and_is_kept_for_one_thing() -> None:
    themes = {seed.theme for seed in MENTIONS}
    assert themes >= HELD_OUT_THEMES
    assert themes >= CHOICE_THEMES
    assert not HELD_OUT_THEMES & CHOICE_THEMES


def test_no_mention_stands_in_two_parts() -> None:
    place: dict[str, str] = {}
    for seed in SEEDS:
        part = "held out" if seed.held_out else "choice" if seed.for_choices else "train"
        assert place.setdefault(letters(seed.text), part) == part, seed


def test_held_out_danger_and_leaving_are_enough_to_measure_on() -> None:
    counts = Counter(code for seed in SEEDS if seed.held_out for code in seed.intents or ())
    assert counts["crisis"] >= 50
    assert counts["churn"] >= 50


# ---------------------------------------------------------------- the sandbox's people say nothing of this

WORDS_ALIKE, SIGNS_ALIKE = 6, 12
"""A run of so many words, or of so many Chinese or Japanese characters, is no coincidence."""
POLITE = re.compile(r"どうも|ありがとうござい(?:ます|ました)|よろしくお願い(?:し|いたし)ます")
"""Whole sentences that everybody says in just these words."""
SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def runs(text: str) -> set[str]:
    """Every run of words or signs that may not occur elsewhere."""
    words = re.findall(r"\w+", SIGN.sub(" ", text.casefold()))
    signs = "".join(SIGN.findall(POLITE.sub("", text)))
    return {" ".join(words[at : at + WORDS_ALIKE]) for at in range(len(words) - WORDS_ALIKE + 1)} | {
        signs[at : at + SIGNS_ALIKE] for at in range(len(signs) - SIGNS_ALIKE + 1)
    }


def sandbox_texts() -> list[str]:
    tables = read_tables(sorted(STORY.glob("*.toml")))
    posts = [post.get(part, "") for post in tables["posts"] for part in ("title", "text")]
    return [text for text in posts + [text for answer in tables["answers"] for text in answer["texts"]] if text]


def test_runs_are_found_in_words_and_in_signs() -> None:
    assert runs("One two, three four five six seven!") == {
        "one two three four five six",
        "two three four five six seven",
    }
    assert runs("この製品はとても良いです") == {"この製品はとても良いです"}
    assert runs("short enough") == set()


def test_no_mention_of_ours_is_a_near_copy_of_the_sandbox() -> None:
    theirs = sandbox_texts()
    assert len(theirs) > 300
    known = {run: text for text in theirs for run in runs(text)}
    alike = [(seed.theme, run) for seed in SEEDS for run in sorted(runs(seed.text) & known.keys())]
    assert alike == []


def test_no_mention_of_ours_is_one_of_the_sandbox_word_for_word() -> None:
    theirs = {letters(text) for text in sandbox_texts()}
    assert [seed for seed in MENTIONS if letters(seed.text) in theirs] == []


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No seed mentions"):
        read_seeds(tmp_path)
