"""The shipped model: its files, and that a text is read alike in any company."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load as tensors_of

from tests.triage.reading.sentences import INTENTS as SENTENCES
from triage.reading import classify
from triage.reading.head import INTENTS, OUTPUTS, WEIGHTS, WeightsDamaged
from triage.reading.normalise import normalise
from triage.reading.shipped import Shipped, mixed, open_folder, shares_of, shipped, told

MOST_BYTES = 30_000_000
FILES = {"encoder.onnx", "tokenizer.json", "ngram.safetensors", "ngram.json", "model.json", "anchors.safetensors"}
MOST_MEMORY = 400
"""Megabytes of a process that reads 512 texts."""

TEXTS = [*(normalise(text) for _, _, text in SENTENCES), "", "a story without end " * 200, "很" * 3_000]
LANGUAGES = [*(language for _, language, _ in SENTENCES), "und", "en", "zh"]


@pytest.fixture(scope="module")
def model() -> Shipped:
    return shipped()


# ---------------------------------------------------------------- company


def test_a_text_is_read_alike_alone_among_others_and_in_any_order(model: Shipped) -> None:
    together = model.read(TEXTS, LANGUAGES)
    backwards = model.read(TEXTS[::-1], LANGUAGES[::-1])
    assert np.array_equal(together.probabilities, backwards.probabilities[::-1])
    assert np.array_equal(together.irony, backwards.irony[::-1])
    for place in range(0, len(TEXTS), 6):
        alone = model.read([TEXTS[place]], [LANGUAGES[place]])
        assert np.array_equal(alone.probabilities[0], together.probabilities[place])
        assert alone.irony[0] == together.irony[place]
        assert alone.embeddings is not None
        assert together.embeddings is not None
        assert np.array_equal(alone.embeddings[0], together.embeddings[place])


def test_eight_threads_at_once_read_what_one_reads(model: Shipped) -> None:
    some, theirs = TEXTS[::9], LANGUAGES[::9]
    alone = model.read(some, theirs)
    with ThreadPoolExecutor(8) as pool:
        for said in pool.map(lambda _: model.read(some, theirs), range(8)):
            assert np.array_equal(said.probabilities, alone.probabilities)
            assert np.array_equal(said.irony, alone.irony)


CHILD = """
import json, resource, sys
from dataclasses import astuple
from pathlib import Path
from triage.reading import classify
texts = json.load(sys.stdin)
readings = classify(texts)
status = Path("/proc/self/status")
if status.exists():  # a process that was forked from a large one inherits the other figure
    [peak] = [int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")]
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
told = {"peak": peak, "modules": sorted(sys.modules), "readings": [repr(astuple(each)) for each in readings]}
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def elsewhere() -> tuple[list[str], dict[str, Any]]:
    """512 texts, and what a process of its own made of them."""
    texts = [text for _, _, text in SENTENCES]
    texts += [f"{text} {' '.join(texts[number % 90 :][:9])} {number}" for number, text in enumerate(texts * 4)]
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps(texts[:512]), capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    return texts[:512], json.loads(done.stdout)


def test_another_process_without_any_memory_reads_the_same(elsewhere: tuple[list[str], dict[str, Any]]) -> None:
    texts, told_there = elsewhere
    here = classify(texts[:200:2][::-1])[::-1]
    assert [repr(astuple(each)) for each in here] == told_there["readings"][:200:2]


def test_reading_five_hundred_texts_from_a_cold_start_takes_little_memory_and_no_torch(
    elsewhere: tuple[list[str], dict[str, Any]], corpus_report: Callable[[str, str], None]
) -> None:
    peak = elsewhere[1]["peak"]
    corpus_report("reading", f"512 texts from a cold start took {peak:.0f} MB at most")
    assert peak < MOST_MEMORY
    assert not {"torch", "tensorflow", "jax", "sentence_transformers"} & set(elsewhere[1]["modules"])


# ---------------------------------------------------------------- files


def test_all_weights_together_stay_under_thirty_megabytes() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= MOST_BYTES


def test_every_file_is_the_one_the_description_names() -> None:
    card = json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))
    for name, file in (("encoder", "encoder.onnx"), ("tokenizer", "tokenizer.json"), ("ngram", "ngram.safetensors")):
        assert card[name] == hashlib.sha256((WEIGHTS / file).read_bytes()).hexdigest()
    assert set(card["thresholds"]) == set(INTENTS)


def test_the_folder_holds_nothing_else_and_no_pickle() -> None:
    assert {file.name for file in WEIGHTS.iterdir()} == FILES
    for file in WEIGHTS.iterdir():
        with file.open("rb") as opened:
            start = opened.read(4)
        assert not start.startswith((b"\x80", b"PK", b"\x1f\x8b")), file.name


def test_no_sentence_and_nobodys_folder_stands_in_the_weights() -> None:
    sentence = re.compile(rb"(?:[A-Za-z']{2,} ){3,}[A-Za-z']{2,}")
    assert sentence.search(b"\0\1where is my parcel\0")
    folder = re.compile(rb"/(?:home|Users|root|tmp|mnt)/[\w.]")
    for file in FILES - {"model.json", "ngram.json"}:
        held = (WEIGHTS / file).read_bytes()
        assert sentence.findall(held) == [], file
        assert folder.search(held) is None, file


def test_the_anchors_are_numbers_that_fit_the_model() -> None:
    anchors = tensors_of((WEIGHTS / "anchors.safetensors").read_bytes())
    assert set(anchors) == {"embeddings", "probabilities", "labels"}
    rows = len(anchors["labels"])
    assert rows >= 500
    assert anchors["embeddings"].shape == (rows, 384)
    assert anchors["probabilities"].shape == anchors["labels"].shape == (rows, len(OUTPUTS))
    assert np.allclose(np.linalg.norm(anchors["embeddings"].astype(np.float32), axis=1), 1, atol=5e-3)
    assert np.allclose(anchors["probabilities"][:, :3].sum(axis=1), 1, atol=1e-4)
    assert ((anchors["labels"] == -1) | ((anchors["labels"] >= 0) & (anchors["labels"] <= 1))).all()


def a_copy(folder: Path) -> Path:
    """A folder of weights whose files may be replaced."""
    for file in WEIGHTS.iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def replaced(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).unlink()
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", sorted(FILES - {"anchors.safetensors"}))
def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    (a_copy(tmp_path) / name).unlink()
    with pytest.raises(WeightsDamaged, match="install Quarterdeck again"):
        open_folder(tmp_path)


@pytest.mark.parametrize("keep", [0, 130, 5_000])
@pytest.mark.parametrize("name", sorted(FILES - {"anchors.safetensors"}))
def test_a_file_that_came_only_in_part_is_refused_with_what_to_do(tmp_path: Path, name: str, keep: int) -> None:
    data = (WEIGHTS / name).read_bytes()
    replaced(a_copy(tmp_path), name, data[: min(keep, len(data) // 2)])
    with pytest.raises(WeightsDamaged, match="install Quarterdeck again"):
        open_folder(tmp_path)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json", "ngram.safetensors"])
def test_one_turned_bit_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    data = bytearray((WEIGHTS / name).read_bytes())
    data[len(data) // 2] ^= 1
    replaced(a_copy(tmp_path), name, bytes(data))
    with pytest.raises(WeightsDamaged, match="install Quarterdeck again"):
        open_folder(tmp_path)


@pytest.mark.parametrize("told", [b"{}", b"[]", b"null", b'{"encoder": 1, "tokenizer": 2, "ngram": 3}'])
def test_a_description_that_describes_something_else_is_refused_with_what_to_do(tmp_path: Path, told: bytes) -> None:
    replaced(a_copy(tmp_path), "model.json", told)
    with pytest.raises(WeightsDamaged, match="install Quarterdeck again"):
        open_folder(tmp_path)


# ---------------------------------------------------------------- version


@pytest.mark.parametrize("changed", ["shares", "sharpness", "thresholds", "calibration"])
def test_whatever_changes_a_reading_changes_the_version(tmp_path: Path, model: Shipped, changed: str) -> None:
    card = json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))
    other = {
        "shares": {**card["shares"], "english": {**card["shares"]["english"], "sentiment": 0.123}},
        "sharpness": 1.234,
        "thresholds": {**card["thresholds"], "promo": 0.765},
        "calibration": {"scale": 1.1, "shift": 0.1},
    }[changed]
    replaced(a_copy(tmp_path), "model.json", json.dumps({**card, changed: other}).encode())
    assert open_folder(tmp_path).version != model.version


def test_measured_figures_are_no_part_of_the_version(tmp_path: Path, model: Shipped) -> None:
    card = json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))
    replaced(a_copy(tmp_path), "model.json", json.dumps({**card, "measured": {}}).encode())
    assert open_folder(tmp_path).version == model.version
    assert model.version.startswith("reading-2-")


# ---------------------------------------------------------------- both halves


def test_the_halves_count_by_language(model: Shipped) -> None:
    text = normalise("This is the worst shop in town, I want my money back")
    english, other = model.read([text, text], ["en", "de"]).probabilities
    assert not np.array_equal(english, other)
    encoder = told(model.encoder.read([text])[0])[0]
    both = mixed(encoder, model.head.probabilities([text]), np.array([shares_of(model.blend.other)]))[0]
    assert np.allclose(other[3:], both[3:])
    sharp = both[:3] ** model.blend.sharpness
    assert np.allclose(other[:3], sharp / sharp.sum())


def test_a_mix_of_all_and_nothing_is_one_side() -> None:
    one, other = np.array([[0.2, 0.8]]), np.array([[0.6, 0.4]])
    assert np.array_equal(mixed(one, other, np.array([[1.0, 0.0]])), [[0.2, 0.4]])
    assert np.allclose(mixed(one, other, np.array(0.5)), [[0.4, 0.6]])


def test_logits_become_shares_of_sentiment_and_probabilities_of_all_else() -> None:
    logits = np.zeros((1, len(OUTPUTS) + 1), np.float32)
    logits[0, 2], logits[0, 3], logits[0, -1] = 2.0, 50.0, -50.0
    probabilities, irony = told(logits)
    assert probabilities.shape == (1, len(OUTPUTS))
    assert probabilities[0, :3].sum() == pytest.approx(1)
    assert probabilities[0, 2] > 0.5
    assert probabilities[0, 3] == pytest.approx(1)
    assert probabilities[0, 4] == pytest.approx(0.5)
    assert irony[0] == pytest.approx(0)


def test_english_is_believed_most_and_unwritten_languages_least(model: Shipped) -> None:
    assert model.trust("en") == 1
    assert model.trust("en") > model.trust("zh") > model.trust("ko")
    assert model.trust("ko") == model.trust("und") > 0


def test_no_texts_give_no_rows(model: Shipped) -> None:
    said = model.read([], [])
    assert said.probabilities.shape == (0, len(OUTPUTS))
    assert len(said.irony) == 0
