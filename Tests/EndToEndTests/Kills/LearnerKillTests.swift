import Foundation
import TestSupport
import Testing

/// What holds for one learner holds for all: killed in the middle, each comes back with every bit.
@Suite(.serialized) struct LearnerKillTests {
    /// Learners that keep their state in different ways, and features that keep some of their own.
    static let learners = [
        "\(Pipeline.usualFeatures)\nmodel: {kind: random-forest}",
        "\(Pipeline.usualFeatures)\nmodel: {kind: mlp, layers: [16]}\nlearning: {batch: 7}",
        """
        features: [{name: a, scale: robust}, {name: b, missing: indicator}, {name: half, path: /id, kind: category, bits: 12}]
        interactions: [[a, half]]
        model: {kind: factorization-machine}
        """,
        """
        \(Pipeline.usualFeatures)
        history: {features: [a, b], steps: 4, keys: 16}
        model: {kind: gru, hidden: 6}
        """,
        "\(Pipeline.usualFeatures)\nmodel: {kind: stacking, members: [hoeffding-tree, svm]}",
    ]

    @Test(arguments: learners)
    func `after kill -9 each input has one prediction, and the state is that of a run that never stopped`(
        _ learner: String
    ) throws {
        let pipeline = try Pipeline(
            learner: learner, more: "delivery: exactly-once\ncommit: {interval: 20 ms}", instance: "one")
        for part in 0..<2 {
            try pipeline.produce(StreamRecords.good(1_200, seed: UInt64(160 + part)))
            let run = try pipeline.millrace("run")
            let moment = part * 1_200 + Int.random(in: 50..<900)
            print("killed after \(moment) predictions: \(learner)")
            try pipeline.waitForPredictions(atLeast: moment, process: run)
            run.send(signal: SIGKILL)
            _ = run.wait(seconds: 10)
        }
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        try pipeline.expectEachOnce(2_400)
        let state = try pipeline.finalStates()
        #expect(try pipeline.uninterruptedStates() == state)
    }
}
