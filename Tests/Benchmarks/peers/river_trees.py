"""river's half-space trees at their defaults, score and learn on nine columns; records a CPU second."""

import random
import time

from river import anomaly


def main():
    generator = random.Random(1)
    records = [{f"f{i}": generator.random() for i in range(9)} for _ in range(1_024)]
    learner = anomaly.HalfSpaceTrees(seed=1)

    def run(passes):
        for _ in range(passes):
            for record in records:
                learner.score_one(record)
                learner.learn_one(record)

    run(2)
    began = time.process_time()
    run(20)
    print(20 * 1_024 / (time.process_time() - began))


if __name__ == "__main__":
    main()
