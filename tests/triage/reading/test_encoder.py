"""The transformer alone."""

import hashlib

import numpy as np
import pytest

from triage.reading.encoder import CHARACTERS, LONGEST, TAIL, Encoder
from triage.reading.head import OUTPUTS, WEIGHTS
from triage.reading.normalise import normalise
from triage.reading.shipped import shipped

TEXTS = [
    "the zip broke after two days",
    "",
    "太差了，退货也没人理",
    "ok",
    "a long story about a boiler " * 40,
    "where is my parcel? it was promised for monday",
    "😡",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped().encoder


def test_there_are_logits_for_every_output_and_irony_and_an_embedding_of_unit_length(encoder: Encoder) -> None:
    logits, embeddings = encoder.read(TEXTS)
    assert logits.shape == (len(TEXTS), len(OUTPUTS) + 1)
    assert embeddings.shape == (len(TEXTS), 384)
    assert np.isfinite(logits).all()
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    logits, embeddings = encoder.read([])
    assert (len(logits), len(embeddings)) == (0, 0)


def test_a_text_is_read_alike_alone_and_among_others(encoder: Encoder) -> None:
    logits, embeddings = encoder.read(TEXTS)
    for place, text in enumerate(TEXTS):
        alone, embedding = encoder.read([text])
        assert np.array_equal(alone[0], logits[place])
        assert np.array_equal(embedding[0], embeddings[place])


def test_the_number_of_threads_changes_nothing(encoder: Encoder) -> None:
    for threads in (1, 3):
        logits, embeddings = Encoder(WEIGHTS, threads).read(TEXTS)
        assert np.array_equal(logits, encoder.read(TEXTS)[0])
        assert np.array_equal(embeddings, encoder.read(TEXTS)[1])


def test_a_long_text_is_read_at_its_beginning_and_its_end(encoder: Encoder) -> None:
    words = [f"word{number}" for number in range(500)]
    [all_of_it] = encoder.tokens([" ".join(words)])
    [longer] = encoder.tokens([" ".join([*words[:400], "and", "other", "things", *words[400:]])])
    assert len(all_of_it) == LONGEST
    assert all_of_it == longer
    [beginning] = encoder.tokens([" ".join(words[:20])])
    assert all_of_it[:40] == beginning[:40]
    [end] = encoder.tokens([words[-1]])
    assert all_of_it[-len(end) + 1 :] == end[1:]


def test_the_middle_of_an_endless_text_is_not_even_cut_into_tokens(encoder: Encoder) -> None:
    start, end = "s" * CHARACTERS, "e" * CHARACTERS
    one, other = encoder.tokens([start + "middle " * 50_000 + end, start + "m" + end])
    assert one == other


def test_what_the_end_of_a_long_text_says_counts(encoder: Encoder) -> None:
    filler = "we went there on a tuesday and it was in the street behind the station . " * 12
    glad, angry = encoder.read([filler + "i love it , wonderful", filler + "i hate it , horrible"])[0]
    assert glad[2] - glad[0] > angry[2] - angry[0]
    assert len(encoder.tokens([filler])[0]) > LONGEST - TAIL


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "很" * 40_000, "\x00\x01", "\ud800 half", "[SEP] [CLS] [MASK]", "🤯" * 9_000]
)
def test_any_text_has_a_place(encoder: Encoder, text: str) -> None:
    logits, embeddings = encoder.read([normalise(text)])
    assert np.isfinite(logits).all()
    assert np.isfinite(embeddings).all()
    assert len(encoder.tokens([normalise(text)])[0]) <= LONGEST


def test_it_knows_the_checksum_of_its_graph(encoder: Encoder) -> None:
    assert encoder.sha256 == hashlib.sha256((WEIGHTS / "encoder.onnx").read_bytes()).hexdigest()


def test_texts_that_say_the_same_lie_closer_than_others(encoder: Encoder) -> None:
    _, (one, same, other) = encoder.read(
        ["my parcel has not arrived", "the package still is not here", "happy birthday to my sister"]
    )
    assert one @ same > one @ other
