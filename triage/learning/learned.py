"""TRIAGE, learning: the light head itself. Comes in: a model's probabilities and embeddings. Goes out: probabilities.

Pure. Of no corrections it is nothing: the model's answer stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTIMENTS = 3
"""The first columns: they share one certainty; each other column stands for itself."""
_SMALLEST = 1e-9


@dataclass(frozen=True)
class Learned:
    """What to add to a model's logits: embeddings · weights + bias. Columns as `triage.reading.head.OUTPUTS`."""

    version: str
    """Such as "learned-7"."""
    weights: NDArray[np.float32]
    """Shape (width of the embeddings, outputs)."""
    bias: NDArray[np.float32]
    """Shape (outputs,)."""
    base_version: str
    """The model it was fitted for; with another it means nothing."""

    def adjust(self, probabilities: NDArray[np.float64], embeddings: NDArray[np.float16]) -> NDArray[np.float64]:
        """The model's probabilities (n, outputs) as corrected; the three sentiments of a row still sum to 1."""
        import numpy as np  # here, because importing this room must stay cheap

        return adjusted(probabilities, embeddings.astype(np.float64) @ self.weights + self.bias)

    def to_bytes(self) -> bytes:
        """As a row keeps it: safetensors, no code in it."""
        from safetensors.numpy import save  # here, for the same reason

        return save({"weights": self.weights, "bias": self.bias})

    @classmethod
    def from_bytes(cls, data: bytes, version: str, base_version: str) -> Learned:
        """What `to_bytes` gave. Raises safetensors' own error on anything else."""
        from safetensors.numpy import load  # here, for the same reason

        tensors = load(data)
        return cls(version, tensors["weights"], tensors["bias"], base_version)


def logits_of(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logits that give these: logarithms for the sentiments, log odds for the rest."""
    import numpy as np  # here, for the same reason

    safe = np.clip(probabilities, _SMALLEST, 1 - _SMALLEST)
    logits = np.log(safe)
    logits[:, SENTIMENTS:] -= np.log1p(-safe[:, SENTIMENTS:])
    return logits


def adjusted(probabilities: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities whose logits were moved by `by`."""
    import numpy as np  # here, for the same reason

    logits = logits_of(probabilities) + by
    moved = 1 / (1 + np.exp(-logits))
    share = np.exp(logits[:, :SENTIMENTS] - logits[:, :SENTIMENTS].max(axis=1, keepdims=True))
    moved[:, :SENTIMENTS] = share / share.sum(axis=1, keepdims=True)
    return moved
