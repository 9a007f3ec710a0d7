"""The gate: honest corrections pass with a gain, a poisoned batch does not, nor what forgets or overlooks danger."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from tests.triage.learning.stage import SCALE, WIDTH, dialect, flipped, joined, world
from triage.learning import Learned
from triage.learning.fitting import fit, fit_held
from triage.learning.gate import Verdict, halves, judge, load_anchors
from triage.learning.lessons import Lessons
from triage.reading.head import OUTPUTS

KNOWN = world(800, 100)


def tried(lessons: Lessons, present: Learned | None = None) -> Verdict:
    to_learn, kept_back = lessons.split()
    holding, judging = halves(KNOWN)
    held = fit_held(to_learn, SCALE, "learned-1", "base", holding)
    free = fit(to_learn, SCALE, "free", "base", among=holding.embeddings)
    return judge(held, free, lessons=len(to_learn.ids), present=present, kept_back=kept_back, anchors=judging,
                 scale=SCALE)  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_honest_corrections_pass_with_a_gain(seed: int) -> None:
    verdict = tried(joined(dialect(150, seed), world(50, seed)))
    assert verdict.refused == ""
    assert verdict.held_after.share > verdict.held_before.share + 0.2
    assert verdict.anchors_after.share >= verdict.anchors_before.share - 0.005


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("number", [80, 200])
def test_a_batch_with_good_and_bad_exchanged_is_refused(seed: int, number: int) -> None:
    verdict = tried(flipped(world(number, seed)))
    assert verdict.held_after.share >= verdict.held_before.share, "what it kept back is poisoned too"
    assert "contradict what is known" in verdict.refused


def test_corrections_that_do_not_hold_for_one_another_are_refused() -> None:
    """Nobody can learn from dice: those kept back are told worse than by what is in use."""
    honest = dialect(150, 1)
    in_use = fit(honest, SCALE, "learned-1", "base", among=KNOWN.embeddings)
    noise = Lessons(honest.ids, honest.embeddings, honest.probabilities, honest.labels.copy())
    learners = ~np.isin(noise.ids, noise.split()[1].ids)
    noise.labels[learners] = flipped(noise).labels[learners]
    verdict = tried(noise, in_use)
    assert "fewer of the corrections it had not seen" in verdict.refused


def test_what_overlooks_danger_is_refused_however_much_it_gains() -> None:
    danger = KNOWN.part(KNOWN.ids < 40)
    danger.probabilities[:, OUTPUTS.index("crisis")] = 0.6
    danger.labels[:, OUTPUTS.index("crisis")] = 1
    nothing = np.zeros((WIDTH, len(OUTPUTS)), np.float32)
    blunt = Learned("learned-1", nothing, nothing[0].copy(), "base")
    blunt.bias[OUTPUTS.index("crisis")] = -1
    verdict = judge(blunt, blunt, lessons=100, present=None, kept_back=dialect(9, 1), anchors=danger, scale=SCALE)
    assert verdict.refused == "it overlooks danger and leaving that is known: 0 instead of 40"
    mild = Learned("learned-1", nothing, nothing[0], "base")
    verdict = judge(mild, blunt, lessons=100, present=None, kept_back=dialect(9, 1), anchors=danger, scale=SCALE)
    assert verdict.refused == "the corrections teach to overlook danger and leaving; were they meant so?"


def test_without_anything_kept_back_or_without_anchors_nothing_passes() -> None:
    nothing = KNOWN.part(KNOWN.ids < 0)
    learned = fit(nothing, SCALE, "learned-1", "base", among=KNOWN.embeddings)
    told = [
        judge(learned, learned, lessons=0, present=None, kept_back=k, anchors=a, scale=SCALE).refused
        for k, a in ((nothing, KNOWN), (dialect(5, 1), nothing))
    ]
    assert told[0].startswith("none of the corrections was kept back")
    assert told[1].startswith("there is nothing to tell")


def test_small_losses_cannot_add_up_because_the_model_alone_is_the_measure() -> None:
    forgetful = fit(flipped(world(400, 3)), SCALE, "learned-1", "base", among=KNOWN.embeddings)
    holding, judging = halves(KNOWN)
    verdict = judge(forgetful, forgetful, lessons=400, present=forgetful, kept_back=dialect(5, 1), anchors=judging,
                    scale=SCALE)  # fmt: skip
    assert "forgets" in verdict.refused
    assert len(holding.ids) == len(judging.ids)


def test_anchors_are_read_as_they_were_written_and_may_be_missing(tmp_path: Path) -> None:
    assert load_anchors(tmp_path / "none.safetensors") is None
    path = tmp_path / "anchors.safetensors"
    save_file(
        {
            "embeddings": KNOWN.embeddings, "probabilities": KNOWN.probabilities.astype(np.float32),
            "labels": KNOWN.labels,
        },
        path,
    )  # fmt: skip
    found = load_anchors(path)
    assert found is not None
    assert found.probabilities == pytest.approx(KNOWN.probabilities)
    assert (found.labels == KNOWN.labels).all()
    assert (found.embeddings == KNOWN.embeddings).all()
