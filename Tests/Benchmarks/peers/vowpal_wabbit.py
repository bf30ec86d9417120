"""Vowpal Wabbit's file driver over generated records: `dense COLUMNS` or `sparse FIELDS`; records a CPU second.

What starting takes is measured on a file of one record, and is not counted.
"""

import math
import os
import random
import resource
import subprocess
import sys
import tempfile


def lines(kind, width, count):
    generator = random.Random(1)
    for _ in range(count):
        if kind == "dense":
            values = [generator.gauss(0, 1) for _ in range(width)]
            total = sum(values) / math.sqrt(width)
            text = " ".join(f"f{i}:{v:.6g}" for i, v in enumerate(values))
        else:
            ids = [int(2**18 * generator.random() ** 4) for _ in range(width)]
            total = sum(0.5 if i % 2 == 0 else -0.5 for i in ids)
            text = " ".join(f"c{field}={i}" for field, i in enumerate(ids))
        yield f"{1 if total + generator.gauss(0, 1) > 0 else -1} | {text}\n"


def cpu_seconds(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable, "-m", "vowpalwabbit", "-d", path, "--loss_function", "logistic", "--sgd", "-b", "18", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    kind, width = sys.argv[1], int(sys.argv[2])
    count = max(5_000_000 // (width + 10), 5_000)
    with tempfile.TemporaryDirectory() as folder:
        whole, one = os.path.join(folder, "whole"), os.path.join(folder, "one")
        with open(whole, "w") as file:
            file.writelines(lines(kind, width, count))
        with open(one, "w") as file:
            file.writelines(lines(kind, width, 1))
        start = min(cpu_seconds(one) for _ in range(3))
        print((count - 1) / (min(cpu_seconds(whole) for _ in range(3)) - start))


if __name__ == "__main__":
    main()
