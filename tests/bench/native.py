"""A native engine in a process of its own, on one thread, which takes orders in JSON, one a line.

    python -m tests.bench.native MODULE WORKLOAD
"""

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from .workloads import WORKLOADS, arrays

ROOT = Path(__file__).parents[2]
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                                     "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS")}


class NativeSession:
    """One engine on one workload, as the rounds use it: reset, run, weights, close."""

    def __init__(self, contestant, workload, python):
        self._process = subprocess.Popen(
            [python, "-m", "tests.bench.native", contestant.module, workload.name], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **ONE_THREAD})

    def _ask(self, command, *arguments):
        self._process.stdin.write(json.dumps([command, *arguments]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"a native engine ended with exit code {self._process.wait()}")
        return json.loads(answer)

    def reset(self):
        """Put the first weights back."""
        self._ask("reset")

    def run(self, epochs):
        """Train for some epochs and return the seconds that took."""
        return self._ask("run", epochs)

    def weights(self):
        """Return the parameters."""
        return self._ask("weights")

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def main(module, name):
    """Carry out the orders that come in until there are no more."""
    workload = WORKLOADS[name]
    open_engine = importlib.import_module(f"tests.bench.engines.{module}").open
    engine = open_engine(workload.to_dict(), *arrays(workload))

    def run(epochs):
        start = time.perf_counter()
        engine.run(epochs)
        return time.perf_counter() - start

    commands = {"reset": engine.reset, "run": run, "weights": lambda: engine.weights().tolist()}
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(commands[command](*arguments)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
