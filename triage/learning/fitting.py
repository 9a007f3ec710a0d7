"""TRIAGE, learning: fit the light head. Comes in: lessons. Goes out: weights and bias.

Logistic regression on the embeddings with the model's own logits as offset, pulled towards nothing (L2): without
lessons the answer is exactly the model's, and the order of the lessons does not matter. It is held besides: what it
does to texts it was told nothing about counts against it, so that it changes what the corrections are like and little
else. Seconds for a few hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.learning.learned import SENTIMENTS, Learned, logits_of
from triage.learning.lessons import DANGER, Lessons, Scale, score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PULL = 1.0
"""How hard weights are pulled towards nothing. One lesson of a kind moves its own logit by about a half at most."""
HOLDS = (30.0, 100.0, 300.0, 1000.0, 3000.0)
"""How hard the answers to other texts are kept as they were: the first that is enough."""
MAY_MOVE = 0.003
"""What share of the labels of the texts that hold it a head may tell worse; three in a thousand."""
STEPS = 200


def fit_held(lessons: Lessons, scale: Scale, version: str, base_version: str, holding: Lessons) -> Learned:
    """The freest head that leaves what is known of these texts as it was.

    On posts about brands, and on a brand's own slang, that cost little of what was gained on posts like the corrected
    ones, and took away nearly all that was lost on others.
    """
    before = score(holding.probabilities, holding.labels, scale)
    for hold in HOLDS:
        learned = fit(lessons, scale, version, base_version, among=holding.embeddings, hold=hold)
        after = score(learned.adjust(holding.probabilities, holding.embeddings), holding.labels, scale)
        if after.share >= before.share - MAY_MOVE:
            break
    return learned


def fit(
    lessons: Lessons,
    scale: Scale,
    version: str,
    base_version: str,
    *,
    among: NDArray[np.float16],
    hold: float = 0.0,
) -> Learned:
    """Fit to what was said; the same lessons in any order give the same head.

    `among`: embeddings (m, width) of any texts. What is learned is how the lessons differ from their middle, for a
    brand whose people mostly complain must not teach that everybody does. `hold`: how much it counts against a head
    what it would change about them; 0 = it is free.
    """
    import numpy as np  # here, because importing this room must stay cheap
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it comes with scikit-learn

    others = among.astype(np.float64)
    middle = others.mean(axis=0) if len(others) else np.zeros(others.shape[1])
    order = np.argsort(lessons.ids, kind="stable")
    inputs = lessons.embeddings[order].astype(np.float64) - middle
    loss = _Loss(inputs, logits_of(lessons.probabilities[order]), lessons.labels[order].astype(np.float64), scale)
    if hold and len(others):
        loss.pull = loss.pull + hold * (others - middle).T @ (others - middle) / len(others)
    shape = (inputs.shape[1], lessons.labels.shape[1])
    with threadpool_limits(1):  # the products are small: a second thread costs ten times what it saves
        found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = found.x.reshape(shape)
    return Learned(version, weights.astype(np.float32), (-middle @ weights).astype(np.float32), base_version)


class _Loss:
    """The regularised loss of weights and bias, and its gradient: each label that is known counts once."""

    def __init__(
        self,
        inputs: NDArray[np.float64],
        base: NDArray[np.float64],
        labels: NDArray[np.float64],
        scale: Scale,
    ) -> None:
        import numpy as np  # here, for the same reason

        self.pull: NDArray[np.float64] = PULL * np.eye(inputs.shape[1])
        self.inputs, self.base, self.labels, self.scale = inputs, base, labels, scale
        self.known = (labels >= 0).astype(float) * ~_not_told(base, labels, scale)

    def __call__(self, flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(self.inputs.shape[1], -1)
        logits = self.base + self.inputs @ weights
        cost, slope = self._sentiment(logits[:, :SENTIMENTS])
        more, rest = self._others(logits[:, SENTIMENTS:])
        pulled = self.pull @ weights
        gradient = self.inputs.T @ _beside(slope, rest) + pulled
        return cost + more + float((weights * pulled).sum()) / 2, gradient.ravel()

    def _sentiment(self, logits: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Cross entropy of the three, where one was said."""
        import numpy as np  # here, for the same reason

        said, known = self.labels[:, :SENTIMENTS], self.known[:, :SENTIMENTS]
        shifted = logits - logits.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return -float((known * said * logs).sum()), known * (np.exp(logs) - said)

    def _others(self, logits: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Log loss of each for itself, around where its model lets it count."""
        import numpy as np  # here, for the same reason

        said, known = self.labels[:, SENTIMENTS:], self.known[:, SENTIMENTS:]
        scale, shift = self.scale.scale[SENTIMENTS:], self.scale.shift[SENTIMENTS:]
        margins = scale * logits + shift
        cost = np.logaddexp(0.0, margins) - said * margins
        return float((known * cost).sum()), known * scale * (1 / (1 + np.exp(-margins)) - said)


def _not_told(base: NDArray[np.float64], labels: NDArray[np.float64], scale: Scale) -> NDArray[np.bool_]:
    """Where danger or leaving does not hold and the model did not tell it either: nothing was corrected there.

    Else each complaint would teach that danger is rarer, and a thousand of them that there is none.
    """
    nothing: NDArray[np.bool_] = (labels == 0) & (scale.scale * base + scale.shift < 0)
    nothing[:, [c for c in range(labels.shape[1]) if c not in DANGER]] = False
    return nothing


def _beside(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np  # here, for the same reason

    return np.hstack([one, other])
