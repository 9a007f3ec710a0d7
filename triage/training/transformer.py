"""TRIAGE, training: fine-tune the encoder on everything that may shape what ships.

In come the corpus folder, our labels and seeds; out go the weights of the best moment, by the validation set, in a
work folder outside the repository. It prints its progress, saves a checkpoint every few minutes and goes on from it
when started again. It needs the extra `train`. It never writes into the repository: `training.export` does.

    python -m triage.training.transformer --corpus ../data --work FOLDER
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import recall_score
from torch import Tensor
from torch.nn import functional

from triage.reading.accuracy import validation_rows
from triage.reading.head import SENTIMENTS
from triage.reading.normalise import normalise
from triage.training.encoder import Network, logits_of, padded, tokenizer
from triage.training.examples import read_examples
from triage.training.lessons import LONGEST, Lessons, lessons, order_of

BATCH = 32
RATE, LAYER_DECAY, WARM_UP = 1.2e-4, 0.9, 0.06
DROPOUT, SMOOTHING, AVERAGING = 0.1, 0.05, 0.995
SAYS_SHARE, EMOTIONS_SHARE, TOPIC_SHARE = 1.0, 0.5, 0.1
"""How much the other heads count beside the sentiment."""
SAVE_EVERY, LOOK_EVERY, LOOK_FROM = 150, 300, 0.35


@dataclass
class Progress:
    """How far a run is; kept in its checkpoint."""

    step: int = 0
    best: float = 0.0
    best_step: int = 0
    seconds: float = 0.0
    history: list[tuple[int, float]] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or go on training. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Fine-tune the encoder.")
    parser.add_argument("--corpus", type=Path, required=True, help="folder that holds text/")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and the best weights; not the repository")
    parser.add_argument("--passes", type=float, default=1.4, help="passes over what is taught")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    words = tokenizer()
    examples = read_examples(options.corpus)
    taught = lessons(examples, words)
    texts, labels = validation_rows(options.corpus)
    words.enable_truncation(LONGEST)
    held = [each.ids for each in words.encode_batch([normalise(text) for text in texts])]
    truth = [SENTIMENTS.index(label) for label in labels]
    Run(taught, held, truth, options.work, options.passes, options.seed).go()
    return 0


def _tell(words: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {words}\n")
    sys.stderr.flush()


class Run:
    """One training run: the network, its running average, the optimizer and how far they are."""

    def __init__(
        self, taught: Lessons, held: list[list[int]], truth: list[int], work: Path, passes: float, seed: int
    ) -> None:
        torch.manual_seed(seed)
        self.taught, self.held, self.truth, self.work, self.seed = taught, held, truth, work, seed
        self.network = Network(len(taught.emotion_names) + len(taught.topics), DROPOUT)
        self.average = copy.deepcopy(self.network)
        self.optimizer = torch.optim.AdamW(self.network.groups(RATE, LAYER_DECAY), betas=(0.9, 0.98), fused=True)
        self.progress = Progress()
        self.batches = [b for n in range(int(np.ceil(passes))) for b in order_of(taught, n, BATCH, seed)]
        one = len(order_of(taught, 0, BATCH, seed))
        self.batches = self.batches[: int(one * passes)]
        _tell(f"{len(taught.ids)} texts, {len(self.batches)} steps of {BATCH}")
        self._resume()

    def go(self) -> None:
        """Train to the end; save the best moment as `best.pt`."""
        loss, since, began = 0.0, time.monotonic(), self.progress.seconds
        while self.progress.step < len(self.batches):
            batch = self.batches[self.progress.step]
            found = self._step(batch)
            loss = found if loss == 0 else 0.98 * loss + 0.02 * found
            step = self.progress.step = self.progress.step + 1
            self.progress.seconds = began + time.monotonic() - since
            if step % 50 == 0:
                self._tell_step(loss)
            if step == len(self.batches) or (step % LOOK_EVERY == 0 and step > LOOK_FROM * len(self.batches)):
                self._look()
            if step % SAVE_EVERY == 0 or step == len(self.batches):
                self._save()
        _tell(f"best: macro recall {100 * self.progress.best:.2f} at step {self.progress.best_step}")

    def _tell_step(self, loss: float) -> None:
        step, seconds = self.progress.step, self.progress.seconds
        left = seconds / step * (len(self.batches) - step) / 60
        speed = step * BATCH / seconds
        _tell(f"step {step}/{len(self.batches)}  loss {loss:.3f}  {speed:.0f} texts/s  {left:.0f} min left")

    def _step(self, batch: list[int]) -> float:
        share = self.progress.step / len(self.batches)
        slope = min(1.0, share / WARM_UP + 1e-3) * min(1.0, (1 - share) / (1 - WARM_UP))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * slope
        torch.manual_seed(self.seed * 1_000_003 + self.progress.step)  # a resumed run drops what an unbroken one would
        loss = self._loss(batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        if self.progress.step % 5 == 0:
            keep = min(AVERAGING, (self.progress.step + 1) / (self.progress.step + 50)) ** 5
            with torch.no_grad():
                for mean, now in zip(self.average.parameters(), self.network.parameters(), strict=True):
                    mean.lerp_(now, 1 - keep)
        return float(loss.item())

    def _loss(self, batch: list[int]) -> Tensor:
        taught = self.taught
        shipped, other = self.network(*padded([taught.ids[row] for row in batch]))
        sentiment = functional.cross_entropy(
            shipped[:, :3], torch.from_numpy(taught.sentiment[batch]), reduction="none", label_smoothing=SMOOTHING
        )
        total = _mean(sentiment, torch.from_numpy(taught.sentiment_weight[batch]))
        says = functional.binary_cross_entropy_with_logits(
            shipped[:, 3:], torch.from_numpy(taught.says[batch]), reduction="none"
        )
        total = total + SAYS_SHARE * _mean(says, torch.from_numpy(taught.says_weight[batch])) * says.shape[1] / 4
        feelings, topics = other.split([len(taught.emotion_names), len(taught.topics)], dim=1)
        felt = functional.binary_cross_entropy_with_logits(
            feelings, torch.from_numpy(taught.emotions[batch]), reduction="none"
        ).sum(1)
        total = total + EMOTIONS_SHARE * 0.5 * _mean(felt, torch.from_numpy(taught.emotions_weight[batch]))
        topic = torch.from_numpy(taught.topic[batch])
        about = functional.cross_entropy(topics, topic.clamp(min=0), reduction="none")
        return total + TOPIC_SHARE * _mean(about, (topic >= 0).float())

    def _look(self) -> None:
        said = logits_of(self.average, self.held)[:, :3].argmax(1).numpy()
        found = float(recall_score(self.truth, said, average="macro"))
        self.progress.history.append((self.progress.step, found))
        _tell(f"step {self.progress.step}: validation macro recall {100 * found:.2f}")
        torch.save(self.average.state_dict(), self.work / f"step_{self.progress.step}.pt")
        if found > self.progress.best:
            self.progress.best, self.progress.best_step = found, self.progress.step
            torch.save(self.average.state_dict(), self.work / "best.pt")

    def _save(self) -> None:
        state: dict[str, Any] = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, self.work / "checkpoint.part")
        (self.work / "checkpoint.part").replace(self.work / "checkpoint.pt")
        (self.work / "progress.json").write_text(json.dumps({**vars(self.progress), "steps": len(self.batches)}))

    def _resume(self) -> None:
        if not (self.work / "checkpoint.pt").is_file():
            return
        state = torch.load(self.work / "checkpoint.pt", weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        told = json.loads((self.work / "progress.json").read_text())
        if told.pop("steps") != len(self.batches):
            raise SystemExit(f"{self.work} holds a run over other lessons; name another --work folder.")
        self.progress = Progress(**told)
        _tell(f"going on from step {self.progress.step}")


def _mean(losses: Tensor, weights: Tensor) -> Tensor:
    """The mean of losses by their weights, over the texts of the batch; a part of the texts may say nothing."""
    return (losses * weights).sum() / (losses.shape[0] * (losses.shape[1] if losses.ndim > 1 else 1))


if __name__ == "__main__":
    random.seed(0)
    raise SystemExit(main())
