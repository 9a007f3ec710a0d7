"""BENCHMARKS: run them all, one after the other: `python -m benchmarks`."""

import subprocess
import sys
from pathlib import Path

for program in sorted(Path(__file__).parent.glob("*_bench.py")):
    print(f"== {program.stem}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{program.stem}"], check=True)
