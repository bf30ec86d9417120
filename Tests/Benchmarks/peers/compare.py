"""Every learner of `millrace bench learners` next to its peer: records a CPU second, one thread, in turn in one run.

    python3 -m venv .build/peers && .build/peers/bin/pip install -r Tests/Benchmarks/peers/requirements.txt
    .build/peers/bin/python Tests/Benchmarks/peers/compare.py .build/release/millrace

Prints a table in Markdown: the medians of both sides over `--rounds`, and the median of the rounds' ratios. Millrace's
figure is that of predicting and learning a generated record; the peer's is named in the row. CapyMOA needs a Java.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent

# name in the bench, inputs, batch; the peer's script and arguments; the least ratio that is aimed at
ROWS = [
    *[("logistic, sgd", str(d), 1, ["vowpal_wabbit.py", "dense", str(d)], 5) for d in (6, 28, 128, 1024)],
    *[("logistic, adaptive", str(d), 1, ["vowpal_wabbit.py", "dense", str(d)], 2) for d in (6, 28, 128, 1024)],
    ("sparse logistic, sgd", "10 of 2^18", 1, ["vowpal_wabbit.py", "sparse", "10"], 5),
    ("sparse logistic, adaptive", "10 of 2^18", 1, ["vowpal_wabbit.py", "sparse", "10"], 2),
    *[
        (name, inputs, batch, ["pytorch.py", peer, str(batch)], least if batch == 1 else 3)
        for batch in (1, 32)
        for name, inputs, peer, least in (
            ("mlp 128, 64", "64", "mlp", 20),
            ("cnn 8, 16", "8 × 8", "cnn8", 20),
            ("cnn 8, 16", "28 × 28", "cnn28", 8),
            ("gru 32", "16 × 16", "gru", 20),
            ("vae 16, 4", "32", "vae", 20),
        )
    ],
    ("hoeffding tree", "6", 1, ["capymoa_trees.py", "tree"], 5),
    ("random forest of 10", "6", 1, ["capymoa_trees.py", "forest"], 5),
    ("half-space trees, 10", "9", 1, ["river_trees.py"], 20),
    ("half-space trees, 40", "9", 1, ["river_trees.py"], 20),
]


def ours(binary, name, inputs, batch, seconds):
    """Records a CPU second of the bench's own row."""
    command = [binary, "bench", "learners", "--only", name, "--runs", "1", "--seconds", str(seconds), "--json"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]
    (row,) = [r for r in rows if (r["learner"], r["inputs"], int(r["batch"])) == (name, inputs, batch)]
    return row["records_a_cpu_second"]


def peer(arguments):
    """Records a CPU second, as the peer's script prints it."""
    command = [sys.executable, str(HERE / arguments[0]), *arguments[1:]]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print("| learner | inputs | batch | records a CPU s | peer's | ratio | aim |", flush=True)
    print("|---|---|---|---|---|---|---|", flush=True)
    for name, inputs, batch, arguments, aim in ROWS:
        if options.only not in name:
            continue
        pairs = [
            (ours(options.binary, name, inputs, batch, options.seconds), peer(arguments))
            for _ in range(options.rounds)
        ]
        mine, theirs = (statistics.median(side) for side in zip(*pairs))
        ratio = statistics.median(a / b for a, b in pairs)
        label = arguments[0].removesuffix(".py")
        print(
            f"| {name} | {inputs} | {batch} | {mine:,.0f} | {label} {theirs:,.0f} | {ratio:.1f} | {aim} |", flush=True)


if __name__ == "__main__":
    main()
