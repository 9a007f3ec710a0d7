"""The mentions we wrote ourselves."""

from collections import Counter
from pathlib import Path

import pytest

from triage.reading.head import INTENTS, SENTIMENTS
from triage.reading.seeds import HELD_OUT_THEMES, read_seeds

SEEDS = read_seeds()


def test_every_seed_is_complete() -> None:
    for seed in SEEDS:
        assert seed.text.strip()
        assert seed.language in {"en", "es", "de", "fr", "it", "pt", "zh", "ja"}
        assert seed.sentiment in SENTIMENTS
        assert seed.intents is None or (seed.intents and set(seed.intents) <= set(INTENTS))
        assert all(share is None or 0 <= share <= 1 for share in (seed.about_brand, seed.needs_reply))


def test_no_seed_stands_twice_within_training_and_held_out() -> None:
    held_out = {seed.text.casefold() for seed in SEEDS if seed.held_out}
    assert not held_out & {seed.text.casefold() for seed in SEEDS if not seed.held_out}


def test_there_are_seeds_enough_for_every_intent() -> None:
    mentions = [seed for seed in SEEDS if not seed.theme.startswith(("words/", "cues/"))]
    assert len(mentions) >= 400
    counts = Counter(code for seed in mentions for code in seed.intents or ())
    assert all(counts[code] >= 40 for code in INTENTS), counts


def test_every_intent_has_held_out_and_training_themes() -> None:
    for held_out in (True, False):
        said = {code for seed in SEEDS if seed.held_out is held_out for code in seed.intents or ()}
        assert said == set(INTENTS)


def test_every_held_out_theme_exists() -> None:
    assert {seed.theme for seed in SEEDS} >= HELD_OUT_THEMES


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No seed mentions"):
        read_seeds(tmp_path)
