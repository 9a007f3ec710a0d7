"""The files of somebody else's model."""

import json
from pathlib import Path

import pytest

from tests.triage.reading.other_stage import WORDS, make_model, write_graph
from triage.reading.other_files import files_in, needed, weights_among
from triage.reading.other_labels import ModelRefused

WHOLE = ("config.json", "tokenizer.json")


def refusal(*names: str, torch: bool = False) -> str:
    with pytest.raises(ModelRefused, match=r"^QUARTERDECK_MODEL: here ") as refused:
        needed(names, "here", torch=torch)
    return str(refused.value)


@pytest.mark.parametrize(
    ("present", "used"),
    [
        (["model.onnx", "onnx/model.onnx", "model_quantized.onnx"], ["model.onnx"]),
        (["onnx/model.onnx", "onnx/model_quantized.onnx", "model.safetensors"], ["onnx/model.onnx"]),
        (["onnx/model_quantized.onnx", "onnx/model_fp16.onnx"], ["onnx/model_quantized.onnx"]),
        (["onnx/model_int8.onnx", "pytorch_model.bin"], ["onnx/model_int8.onnx"]),
        (["onnx/model.onnx", "onnx/model.onnx_data", "model.onnx_data"], ["onnx/model.onnx", "onnx/model.onnx_data"]),
        (
            ["model.onnx", "model.onnx.data", "model.onnx_data_1"],
            ["model.onnx", "model.onnx.data", "model.onnx_data_1"],
        ),
    ],
)
def test_a_graph_is_found_with_its_data(present: list[str], used: list[str]) -> None:
    assert weights_among(present, "here", torch=True) == tuple(used)


def test_several_unknown_graphs_are_refused_and_named() -> None:
    words = refusal(*WHOLE, "a.onnx", "onnx/b.onnx")
    assert "a.onnx, onnx/b.onnx" in words
    assert "model.onnx" in words


def test_safetensors_are_used_where_there_is_torch_and_no_graph() -> None:
    assert weights_among(["model.safetensors"], "here", torch=True) == ("model.safetensors",)
    parts = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    index = "model.safetensors.index.json"
    assert weights_among([*parts, index], "here", torch=True) == (index, *parts)


def test_safetensors_without_torch_are_refused_with_both_ways_out() -> None:
    words = refusal(*WHOLE, "model.safetensors")
    assert "pip install 'quarterdeck[torch]'" in words
    assert "optimum-cli export onnx" in words


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.pkl", "tf_model.h5"])
@pytest.mark.parametrize("torch", [True, False])
def test_weights_that_could_run_code_are_refused(name: str, torch: bool) -> None:
    words = refusal(*WHOLE, name, torch=torch)
    assert name in words
    assert "safetensors" in words


def test_what_is_missing_is_named() -> None:
    assert "no config.json" in refusal("model.onnx", "tokenizer.json")
    assert "no tokenizer" in refusal("model.onnx", "config.json")
    assert "no weights" in refusal(*WHOLE)


def test_nothing_but_what_is_needed_is_asked_for_and_the_weights_last() -> None:
    present = [
        "README.md", "model.onnx", "model.onnx_data", "modeling_evil.py", "pytorch_model.bin", "vocab.txt", *WHOLE,
    ]  # fmt: skip
    wanted = needed(present, "here")
    assert wanted == ("config.json", "tokenizer.json", "vocab.txt", "model.onnx_data", "model.onnx")


def test_the_files_of_a_folder_are_found(tmp_path: Path) -> None:
    found = files_in(make_model(tmp_path / "m", graph="onnx/model.onnx"))
    assert found.is_graph
    assert found.weights == ("onnx/model.onnx",)
    assert found.config["model_type"] == "bert"


def test_the_checksum_covers_every_file(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    write_graph(folder / "model.onnx", list(WORDS.values()), beside="model.onnx_data")
    found = files_in(folder)
    assert set(found.names) == {
        "config.json", "tokenizer.json", "tokenizer_config.json", "model.onnx", "model.onnx_data",
    }  # fmt: skip
    sums = {found.sha256()}
    for name in found.names:
        path = folder / name
        was = path.read_bytes()
        path.write_bytes(was + b" ")
        sums.add(found.sha256())
        path.write_bytes(was)
    assert len(sums) == 6
    assert found.sha256() in sums


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe"])
def test_a_damaged_config_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = make_model(tmp_path / "m")
    (folder / "config.json").write_bytes(content)
    with pytest.raises(ModelRefused, match=r"config\.json"):
        files_in(folder)


def test_a_missing_part_of_the_weights_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    first, second = (f"model-0000{n}-of-00002.safetensors" for n in (1, 2))
    (folder / first).write_bytes(b"")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": first, "b": second}}))
    with pytest.raises(ModelRefused, match=second):
        files_in(folder, torch=True)
    (folder / second).write_bytes(b"")
    assert not files_in(folder, torch=True).is_graph


def test_an_index_without_its_list_is_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m", graph=None)
    (folder / "model.safetensors.index.json").write_text("{}")
    with pytest.raises(ModelRefused, match="misses parts"):
        files_in(folder, torch=True)
