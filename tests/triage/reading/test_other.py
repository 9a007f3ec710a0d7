"""Somebody else's model, and the shipped one for what it does not say."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.triage.reading.other_stage import THREE, WORDS, Rest, make_model, softmax, write_graph, write_words
from triage.reading.head import INTENTS, OUTPUTS
from triage.reading.model import Model
from triage.reading.other import COUNTS_FROM, ModelRefused, look_up, open_model

REST = Rest()
OURS = REST.read([""], ["en"]).probabilities[0]


def opened(folder: Path, labels: str = "") -> Model:
    return open_model(str(folder), labels, rest=REST)


def read(model: Model, *texts: str) -> NDArray[np.float64]:
    return model.read(texts, ["en"] * len(texts)).probabilities


def refusal(folder: Path, labels: str = "") -> str:
    with pytest.raises(ModelRefused) as refused:
        opened(folder, labels)
    assert str(refused.value).startswith(("QUARTERDECK_MODEL", "Nothing says"))
    return str(refused.value)


def column(name: str) -> int:
    return OUTPUTS.index(name)


def test_the_model_says_the_sentiment_and_ours_all_else(tmp_path: Path) -> None:
    model = opened(make_model(tmp_path / "m"))
    [row] = read(model, "this is awful")
    assert np.allclose(row[:3], softmax(4, 0, 0))
    assert np.array_equal(row[3:], OURS[3:])
    said = model.read(["awful"], ["en"])
    assert said.irony.tolist() == [0.25]
    assert said.embeddings is not None
    assert said.embeddings.shape == (1, 4)


def test_labels_of_numbers_are_read_as_the_setting_says(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("LABEL_0", "LABEL_1", "LABEL_2"))
    [row] = read(opened(folder, "LABEL_0=positive,LABEL_1=neutral,LABEL_2=negative"), "awful")
    assert np.allclose(row[:3], softmax(4, 0, 0)[::-1])


def test_two_labels_onto_one_of_ours_add_up(tmp_path: Path) -> None:
    words = {"awful": (3, 1, 0, 0, 0), "great": (0, 0, 0, 1, 3)}
    folder = make_model(tmp_path / "m", ("1 star", "2 stars", "3 stars", "4 stars", "5 stars"), words)
    told = "1 star=negative,2 stars=negative,3 stars=neutral,4 stars=positive,5 stars=positive"
    [row] = read(opened(folder, told), "awful")
    share = softmax(3, 1, 0, 0, 0)
    assert np.allclose(row[:3], [share[0] + share[1], share[2], share[3] + share[4]])


def test_the_share_of_an_ignored_label_is_dealt_out_as_the_shipped_model_would(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("negative", "other", "positive"))
    [row] = read(opened(folder, "other=-"), "tuesday")
    share = softmax(0, 3, 0)
    assert np.allclose(row[:3], np.array([share[0], 0, share[2]]) + share[1] * OURS[:3])
    assert row[:3].sum() == pytest.approx(1, abs=1e-12)


def test_a_model_of_intents_leaves_the_sentiment_to_ours(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("complaint", "question", "none"))
    model = opened(folder, "none=-")
    [row] = read(model, "awful")
    share = softmax(4, 0, 0)
    assert np.array_equal(row[:3], OURS[:3])
    assert row[column("complaint")] == pytest.approx(share[0])
    assert row[column("question")] == pytest.approx(share[1])
    untouched = [column(name) for name in OUTPUTS[3:] if name not in ("complaint", "question")]
    assert np.array_equal(row[untouched], OURS[untouched])


def test_an_intent_of_the_other_model_counts_from_a_half_on(tmp_path: Path) -> None:
    model = opened(make_model(tmp_path / "m", ("complaint", "question", "none")), "none=-")
    assert (model.thresholds["complaint"], model.thresholds["churn"]) == (COUNTS_FROM, REST.thresholds["churn"])
    assert set(model.thresholds) == set(INTENTS)
    assert model.calibration == REST.calibration


def test_one_label_may_be_a_sentiment_and_an_intent(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("anger", "neutral", "joy"))
    [row] = read(opened(folder, "anger=negative+complaint,joy=positive+praise"), "awful")
    share = softmax(4, 0, 0)
    assert np.allclose(row[:3], share)
    assert (row[column("complaint")], row[column("praise")]) == pytest.approx((share[0], share[2]))


def test_labels_that_hold_beside_each_other_are_read_with_a_sigmoid(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("complaint", "question", "praise"), problem_type="multi_label_classification")
    [row] = read(opened(folder), "awful great")
    high, middle = 1 / (1 + np.exp(-4)), 0.5
    assert row[[column("complaint"), column("question"), column("praise")]] == pytest.approx([high, middle, high])


def test_sentiments_that_hold_beside_each_other_still_sum_to_one(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", problem_type="multi_label_classification")
    both, little = read(opened(folder), "awful great", "awful " * 9)
    assert both[:3].sum() == pytest.approx(1, abs=1e-12)
    assert both[0] == pytest.approx(both[2])
    assert little[0] > 0.49  # two halves (neutral, positive) beside one certainty


def test_intents_that_add_up_to_more_than_one_end_at_one(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("a", "b", "c"), problem_type="multi_label_classification")
    [row] = read(opened(folder, "a=complaint,b=complaint,c=complaint"), "awful great")
    assert row[column("complaint")] == 1


def test_one_yes_or_no_is_read_if_its_config_says_so(tmp_path: Path) -> None:
    words = {word: (sum(row) if row[0] else -sum(row),) for word, row in WORDS.items()}
    told = "multi_label_classification"
    [row] = read(opened(make_model(tmp_path / "m", ["complaint"], words, problem_type=told)), "awful")
    assert row[column("complaint")] == pytest.approx(1 / (1 + np.exp(-4)))
    assert "problem_type" in refusal(make_model(tmp_path / "n", ["complaint"], words))


def test_a_model_that_counts_is_no_classifier(tmp_path: Path) -> None:
    assert "no labels" in refusal(make_model(tmp_path / "m", problem_type="regression"))


def test_a_text_without_any_token_is_left_to_ours(tmp_path: Path) -> None:
    empty, known = read(opened(make_model(tmp_path / "m")), "", "awful")
    assert np.array_equal(empty, OURS)
    assert known[0] > 0.9


def test_no_texts_get_no_answers(tmp_path: Path) -> None:
    assert read(opened(make_model(tmp_path / "m"))).shape == (0, len(OUTPUTS))


@pytest.mark.parametrize("text", ["\ud800 broken", "x" * 40_000, "很" * 40_000, "awful " * 8_000, "\x00", "<b>&#0;"])
def test_any_text_gets_an_answer(tmp_path: Path, text: str) -> None:
    from triage.reading.normalise import normalise

    [row] = read(opened(make_model(tmp_path / "m")), normalise(text))
    assert np.isfinite(row).all()
    assert row[:3].sum() == pytest.approx(1)


def test_the_same_text_gets_the_same_answer_whatever_stands_beside_it(tmp_path: Path) -> None:
    model = opened(make_model(tmp_path / "m"))
    texts = ["awful", "great great", "", "the shop opens on tuesday", "love it, but it broke"]
    together = read(model, *texts * 30)
    alone = np.concatenate([read(model, text) for text in texts])
    assert np.array_equal(together, np.tile(alone, (30, 1)))


def test_threads_read_what_one_thread_reads(tmp_path: Path) -> None:
    model = opened(make_model(tmp_path / "m"))
    texts = ["awful " * n + "great" for n in range(1, 40)]
    alone = read(model, *texts)
    with ThreadPoolExecutor(4) as pool:
        assert all(np.array_equal(each, alone) for each in pool.map(lambda _: read(model, *texts), range(12)))


def test_the_version_changes_with_weights_words_config_mapping_and_rest(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mine", ("LABEL_0", "neutral", "positive"))
    first = opened(folder, "LABEL_0=negative").version
    assert first.startswith("mine-")
    assert first.endswith("+rest-1")
    assert opened(folder, "LABEL_0=negative").version == first
    versions = {first, opened(folder, "LABEL_0=-").version}
    write_graph(folder / "model.onnx", [tuple(2 * each for each in row) for row in WORDS.values()])
    versions.add(opened(folder, "LABEL_0=negative").version)
    write_words(folder, [*list(WORDS)[::-1]])
    versions.add(opened(folder, "LABEL_0=negative").version)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"problem_type": "multi_label_classification"}))
    versions.add(opened(folder, "LABEL_0=negative").version)
    versions.add(open_model(str(folder), "LABEL_0=negative", rest=Rest(version="rest-2")).version)
    assert len(versions) == 6


def test_a_model_with_more_numbers_than_labels_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("negative", "positive"))
    assert "gives 3 numbers a text but its config.json names 2 labels" in refusal(folder)


def test_without_labels_in_its_config_transformers_own_two_are_meant(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", id2label=None)
    assert "LABEL_0=?,LABEL_1=?" in refusal(folder)
    assert "3 numbers" in refusal(folder, "LABEL_0=negative,LABEL_1=positive")
    folder = make_model(tmp_path / "n", id2label=None, num_labels=3)
    assert read(opened(folder, "#0=negative,#1=neutral,#2=positive"), "awful")[0][0] > 0.9


def test_a_model_that_answers_every_text_alike_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", words={"zzz": (1, 0, 0)})
    assert "the same answer" in refusal(folder)


def test_a_model_that_gives_no_numbers_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", words=WORDS | {"awful": (float("nan"), 0, 0)})
    assert "gives no numbers" in refusal(folder)


def test_a_text_the_model_has_no_number_for_is_an_error_and_no_neutral(tmp_path: Path) -> None:
    model = opened(make_model(tmp_path / "m", words=WORDS | {"rare": (float("nan"), 0, 0)}))
    with pytest.raises(FloatingPointError, match="QUARTERDECK_MODEL"):
        read(model, "a rare word")


def test_a_graph_that_already_ends_in_shares_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", list(WORDS.values()), last="Softmax")
    assert "softmax" in refusal(folder)


def test_the_words_of_another_model_are_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    write_words(folder, [*WORDS, "thank", "you", "so", "much", "this"])
    assert "broke on a text" in refusal(folder)


def test_looking_up_tells_what_the_labels_mean_without_opening_the_weights(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", ("NEG", "other", "POS"))
    (folder / "model.onnx").write_bytes(b"damaged")
    assert str(look_up(str(folder), "other=-").labels) == "NEG=negative,other=-,POS=positive"


def test_known_labels_need_no_setting(tmp_path: Path) -> None:
    assert look_up(str(make_model(tmp_path / "m", THREE)), "").labels.said == THREE


def test_importing_it_loads_no_heavy_library() -> None:
    code = (
        "import sys, triage.reading.other; "
        "print({'numpy', 'transformers', 'tokenizers', 'onnxruntime', 'torch', 'huggingface_hub'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
