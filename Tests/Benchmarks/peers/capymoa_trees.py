"""CapyMOA's Hoeffding tree or adaptive random forest of 10, predict and train; records a CPU second.

Its compiler and collector threads are Java's own, and their time counts with the process's, after a warm-up.
"""

import sys
import time

import numpy
from capymoa.classifier import AdaptiveRandomForestClassifier, HoeffdingTree
from capymoa.core import LabeledInstance
from capymoa.stream import Schema


def main():
    schema = Schema.from_custom(
        features=[*(f"f{i}" for i in range(6)), "class"], target="class", categories={"class": ["DOWN", "UP"]})
    generator = numpy.random.default_rng(1)
    values = generator.normal(size=(1_024, 6))
    labels = (values.sum(1) + generator.normal(size=1_024) > 0).astype(int)
    instances = [LabeledInstance.from_array(schema, values[i], int(labels[i])) for i in range(1_024)]
    tree = sys.argv[1] == "tree"
    if tree:
        learner = HoeffdingTree(schema=schema)
    else:
        learner = AdaptiveRandomForestClassifier(schema=schema, ensemble_size=10, number_of_jobs=1)

    def run(passes):
        for _ in range(passes):
            for instance in instances:
                learner.predict(instance)
                learner.train(instance)

    run(20 if tree else 8)
    passes = 40 if tree else 10
    began = time.process_time()
    run(passes)
    print(passes * 1_024 / (time.process_time() - began))


if __name__ == "__main__":
    main()
