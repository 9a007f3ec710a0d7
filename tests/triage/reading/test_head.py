"""The trained head and its weights."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load

from triage.reading.features import COLUMNS, features
from triage.reading.head import INTENTS, OUTPUTS, WEIGHTS, WeightsDamaged, shipped_head
from triage.reading.head import load as load_head


def test_the_weights_are_the_ones_their_description_names() -> None:
    card = json.loads((WEIGHTS / "ngram.json").read_text(encoding="utf-8"))
    assert card["sha256"] == hashlib.sha256((WEIGHTS / "ngram.safetensors").read_bytes()).hexdigest()
    assert tuple(card["outputs"]) == OUTPUTS
    assert set(card["thresholds"]) == set(INTENTS)


def test_the_weights_hold_numbers_only() -> None:
    tensors = load((WEIGHTS / "ngram.safetensors").read_bytes())
    assert tensors["weights"].dtype == np.float16
    assert np.isfinite(tensors["weights"].astype(np.float32)).all()
    assert np.unpackbits(tensors["kept"], count=COLUMNS).sum() == len(tensors["weights"])


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "w")
    data = bytearray((tmp_path / "w" / "ngram.safetensors").read_bytes())
    data[-1] ^= 1
    (tmp_path / "w" / "ngram.safetensors").write_bytes(data)
    with pytest.raises(WeightsDamaged, match="damaged: install Quarterdeck again"):
        load_head(tmp_path / "w")


@pytest.mark.parametrize("told", ["{}", "[]", "null"])
def test_a_description_without_what_it_must_say_is_refused(tmp_path: Path, told: str) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "w")
    (tmp_path / "w" / "ngram.json").write_text(told, encoding="utf-8")
    with pytest.raises(WeightsDamaged, match="damaged: install Quarterdeck again"):
        load_head(tmp_path / "w")


def test_other_thresholds_are_another_version(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "w")
    card = json.loads((tmp_path / "w" / "ngram.json").read_text(encoding="utf-8"))
    card["thresholds"] = {**card["thresholds"], "crisis": 0.123}
    (tmp_path / "w" / "ngram.json").write_text(json.dumps(card), encoding="utf-8")
    assert load_head(tmp_path / "w").version != shipped_head().version


def test_measured_figures_are_no_part_of_the_version(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS, tmp_path / "w")
    card = json.loads((tmp_path / "w" / "ngram.json").read_text(encoding="utf-8"))
    (tmp_path / "w" / "ngram.json").write_text(json.dumps({**card, "measured": {}}), encoding="utf-8")
    assert load_head(tmp_path / "w").version == shipped_head().version


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsDamaged, match="install Quarterdeck again"):
        load_head(tmp_path)


def test_probabilities_have_a_row_for_each_text_and_a_column_for_each_output() -> None:
    out = shipped_head().probabilities(["one", "two words", ""])
    assert out.shape == (3, len(OUTPUTS))
    assert np.allclose(out[:, :3].sum(axis=1), 1)


def test_chinese_characters_count_as_words() -> None:
    one, two = features(["退款", "退货"]).toarray()
    assert one @ two > 0.2


def test_both_halves_of_the_features_have_length_one() -> None:
    [row] = features(["a parcel that never came"]).toarray()
    half = COLUMNS // 2
    assert np.linalg.norm(row[:half]) == pytest.approx(1)
    assert np.linalg.norm(row[half:]) == pytest.approx(1)
