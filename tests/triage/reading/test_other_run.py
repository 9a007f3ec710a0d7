"""Somebody else's model at work, on onnxruntime and on torch."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto

from tests.conftest import missing
from tests.triage.reading.other_stage import THREE, WORDS, Rest, make_model, write_graph
from triage.reading.other import open_model
from triage.reading.other_files import files_in
from triage.reading.other_labels import ModelRefused
from triage.reading.other_run import LONGEST, Runner, open_runner

ROWS = list(WORDS.values())


def opened(folder: Path, outputs: int = 3) -> Runner:
    return open_runner(files_in(folder), outputs)


def answer(folder: Path, *texts: str) -> list[list[float]]:
    places, logits = opened(folder).logits(texts)
    assert places.tolist() == list(range(len(texts)))
    return [[round(float(each), 4) for each in row] for row in logits]


def refusal(folder: Path) -> str:
    with pytest.raises(ModelRefused, match=r"^QUARTERDECK_MODEL") as refused:
        opened(folder).logits(["awful", "it is great"])
    return str(refused.value)


@pytest.mark.parametrize(
    "inputs",
    [
        ("input_ids",),
        ("input_ids", "attention_mask"),
        ("input_ids", "attention_mask", "token_type_ids"),
        ("token_type_ids", "input_ids"),
    ],
)
def test_a_graph_is_given_what_it_takes_and_nothing_else(tmp_path: Path, inputs: tuple[str, ...]) -> None:
    folder = make_model(tmp_path / "m", inputs=inputs)
    assert answer(folder, "it is awful", "great", "awful and great, love") == [[4, 0, 0], [0, 0, 4], [4, 0, 7]]


@pytest.mark.parametrize("told", [{"kind": TensorProto.INT32}, {"answer": "output_0"}, {"shape": (1, "tokens")}])
def test_other_ways_to_export_are_understood(tmp_path: Path, told: dict[str, Any]) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", ROWS, **told)
    assert answer(folder, "it is awful", "it is great") == [[4, 0, 0], [0, 0, 4]]


def test_weights_in_a_file_beside_the_graph_are_read(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    write_graph(folder / "onnx" / "model.onnx", ROWS, beside="model.onnx_data")
    assert answer(folder, "awful") == [[4, 0, 0]]


def test_texts_are_read_by_length_and_answered_in_their_order(tmp_path: Path) -> None:
    texts = ["awful " * (n % 7 + 1) for n in range(100)]
    assert answer(make_model(tmp_path / "m"), *texts) == [[4 * (n % 7 + 1), 0, 0] for n in range(100)]


def test_a_long_text_is_cut_at_what_the_model_reads(tmp_path: Path) -> None:
    assert answer(make_model(tmp_path / "m", longest=5), "awful " * 40) == [[20, 0, 0]]


@pytest.mark.parametrize(
    ("told", "longest"),
    [
        ({"longest": 1_000_000}, LONGEST),
        ({"longest": 1_000_000, "max_position_embeddings": 130, "model_type": "bert"}, 130),
        ({"longest": 1_000_000, "max_position_embeddings": 130, "model_type": "roberta", "pad_token_id": 1}, 128),
        ({"longest": 64, "max_position_embeddings": 130}, 64),
        ({"longest": 1_000_000, "max_position_embeddings": -1}, LONGEST),
    ],
)
def test_the_longest_text_is_what_words_positions_and_we_allow(
    tmp_path: Path, told: dict[str, Any], longest: int
) -> None:
    assert opened(make_model(tmp_path / "m", **told)).words.longest == longest


def test_a_graph_that_is_no_classifier_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", ROWS, pooled=False)
    assert "gives 1×3 numbers a text" in refusal(folder)


def test_a_graph_that_wants_something_else_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", ROWS, inputs=("input_ids", "pixel_values"))
    assert "wants input_ids, pixel_values" in refusal(folder)


@pytest.mark.parametrize("shape", [("batch", 16), (8, "tokens")])
def test_a_graph_for_texts_of_one_size_is_refused(tmp_path: Path, shape: tuple[int | str, ...]) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", ROWS, shape=shape)
    assert "dynamic axes" in refusal(folder)


@pytest.mark.parametrize("damage", [b"", b"not a graph", None])
def test_a_damaged_graph_is_refused(tmp_path: Path, damage: bytes | None) -> None:
    folder = make_model(tmp_path / "m")
    whole = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert "damaged" in refusal(folder)


def test_a_graph_whose_weights_were_left_behind_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    write_graph(folder / "model.onnx", ROWS, beside="model.onnx_data")
    (folder / "model.onnx_data").unlink()
    assert "lacks a part" in refusal(folder)


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"version": "1.0"'])
def test_a_damaged_tokenizer_is_refused(tmp_path: Path, damage: bytes) -> None:
    folder = make_model(tmp_path / "m")
    (folder / "tokenizer.json").write_bytes(damage)
    assert "tokenizer" in refusal(folder)


def test_code_that_comes_with_a_model_is_never_run(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", model_type="evil", auto_map={"AutoConfig": "evil.Config"})
    told = json.loads((folder / "tokenizer_config.json").read_text())
    told |= {"tokenizer_class": "EvilTokenizer", "auto_map": {"AutoTokenizer": ["evil.Words", None]}}
    (folder / "tokenizer_config.json").write_text(json.dumps(told))
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'was_here')!r}, 'w').close()\n")
    with pytest.raises(ModelRefused, match="tokenizer"):
        opened(folder)
    assert not (tmp_path / "was_here").exists()


def test_a_graph_that_scales_by_batch_reads_texts_one_by_one(tmp_path: Path) -> None:
    """A dynamically quantized graph rounds by the largest number it sees, so a loud neighbour would change a text."""
    onnx_quantization = pytest.importorskip("onnxruntime.quantization")
    folder = make_model(tmp_path / "m")
    write_scaling_graph(folder / "whole.onnx")
    onnx_quantization.quantize_dynamic(folder / "whole.onnx", folder / "model.onnx")
    (folder / "whole.onnx").unlink()
    runner = opened(folder)
    quiet, loud = "tuesday opens", "awful awful"
    [_, beside], [alone] = runner.logits([loud, quiet])[1], runner.logits([quiet])[1]
    assert np.array_equal(beside, alone)


def write_scaling_graph(path: Path) -> None:
    """The word table with one more layer that can be quantized."""
    from onnx import helper, load, numpy_helper, save_model

    write_graph(path, [tuple(each * 37.3 + n for each in row) for n, row in enumerate(ROWS)], answer="summed")
    model = load(path)
    weights = np.linspace(-1, 1, 9, dtype=np.float32).reshape(3, 3)
    model.graph.initializer.append(numpy_helper.from_array(weights, "weights"))
    model.graph.node.append(helper.make_node("MatMul", ["summed", "weights"], ["logits"]))
    model.graph.output[0].name = "logits"
    save_model(model, path)


# ---------------------------------------------------------------- torch


@pytest.fixture
def torch_model(tmp_path: Path) -> Path:
    """A tiny BERT with a trained-looking head, saved as transformers saves it."""
    if find_spec("torch") is None:
        missing("torch", "the extra torch is not installed")
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder = make_model(tmp_path / "m", graph=None)
    torch.manual_seed(4)
    config = BertConfig(
        vocab_size=len(WORDS) + 2, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=16, id2label=dict(enumerate(THREE)), initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_safetensors_are_run_by_torch(torch_model: Path) -> None:
    import torch
    from transformers import BertForSequenceClassification

    model = open_model(str(torch_model), "", rest=Rest())
    network: Any = BertForSequenceClassification.from_pretrained(torch_model)
    network.eval()
    with torch.inference_mode():
        by_hand = torch.softmax(network(torch.tensor([[2, 4, 1]])).logits, 1).numpy()
    found = model.read(["awful great kettle", "great", "love " * 60], ["en"] * 3).probabilities[:, :3]
    assert np.allclose(found[0], by_hand[0], atol=1e-6)
    assert np.allclose(found.sum(1), 1)


def test_a_network_without_a_trained_head_is_refused(torch_model: Path) -> None:
    from transformers import BertModel

    BertModel.from_pretrained(torch_model).save_pretrained(torch_model)
    config = json.loads((torch_model / "config.json").read_text())
    (torch_model / "config.json").write_text(json.dumps(config | {"id2label": {"0": "negative", "1": "positive"}}))
    assert "never trained to classify" in refusal(torch_model)


def test_damaged_safetensors_are_refused(torch_model: Path) -> None:
    whole = (torch_model / "model.safetensors").read_bytes()
    (torch_model / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(torch_model)


def test_weights_of_another_size_than_the_config_says_are_refused(torch_model: Path) -> None:
    config = json.loads((torch_model / "config.json").read_text())
    two = {"0": "negative", "1": "positive"}
    (torch_model / "config.json").write_text(json.dumps(config | {"id2label": two, "num_labels": 2}))
    assert "do not fit" in refusal(torch_model)


def test_a_network_of_no_known_kind_is_refused(torch_model: Path) -> None:
    config = json.loads((torch_model / "config.json").read_text())
    (torch_model / "config.json").write_text(json.dumps(config | {"model_type": "nobody-knows"}))
    assert "QUARTERDECK_MODEL" in refusal(torch_model)


def test_a_network_without_a_padding_token_reads_texts_one_by_one(tmp_path: Path) -> None:
    if find_spec("torch") is None:
        missing("torch", "the extra torch is not installed")
    import torch
    from transformers import GPT2Config, GPT2ForSequenceClassification

    folder = make_model(tmp_path / "m", graph=None)
    torch.manual_seed(4)
    config = GPT2Config(
        vocab_size=len(WORDS) + 2, n_positions=16, n_embd=8, n_layer=1, n_head=1, id2label=dict(enumerate(THREE)),
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    network: Any = GPT2ForSequenceClassification(config)
    network.eval()
    network.save_pretrained(folder)
    told = json.loads((folder / "tokenizer_config.json").read_text())
    told["model_input_names"] = ["input_ids", "attention_mask"]
    (folder / "tokenizer_config.json").write_text(json.dumps(told))
    with torch.inference_mode():
        by_hand = network(torch.tensor([[2, 4]])).logits[0].numpy()
    _, logits = opened(folder).logits(["awful great", "great love", "awful great"])
    assert np.allclose(logits[[0, 2]], by_hand, atol=1e-6)
