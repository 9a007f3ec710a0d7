"""Which model reads."""

from pathlib import Path

import pytest

from settings import settings
from triage.reading import classify, model_version
from triage.reading.chosen import chosen_model
from triage.reading.shipped import shipped
from triage.unavailable import ModelUnavailable


def name_model(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("QUARTERDECK_MODEL", name)
    settings.cache_clear()


def test_without_a_setting_the_shipped_model_reads() -> None:
    assert chosen_model() is shipped()
    assert model_version() == shipped().version


def test_a_folder_that_is_not_there_is_refused_and_nothing_is_read_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name_model(monkeypatch, str(tmp_path / "nothing"))
    with pytest.raises(ModelUnavailable, match="nothing"):
        chosen_model()
    with pytest.raises(ModelUnavailable):
        classify(["read with the shipped model before, and never after a refusal"])


def test_a_text_read_before_is_not_remembered_past_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    classify(["the same text under both settings"])
    name_model(monkeypatch, str(tmp_path / "elsewhere"))
    with pytest.raises(ModelUnavailable):
        classify(["the same text under both settings"])


def test_a_refusal_is_kept_for_a_while(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name_model(monkeypatch, str(tmp_path / "gone"))
    refusals = []
    for _ in range(2):
        with pytest.raises(ModelUnavailable) as refused:
            chosen_model()
        refusals.append(refused.value)
    assert refusals[0] is refusals[1]


def test_a_refusal_is_kept_for_that_model_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name_model(monkeypatch, str(tmp_path / "one"))
    with pytest.raises(ModelUnavailable, match="one"):
        chosen_model()
    name_model(monkeypatch, str(tmp_path / "two"))
    with pytest.raises(ModelUnavailable, match="two"):
        chosen_model()
    name_model(monkeypatch, "")
    assert chosen_model() is shipped()
