import Foundation
import JSONTree
import OnlineLearning
import Records
import TestSupport
import Testing

/// One record of a stream that a network is judged on: `steps` rows of the same width, one behind the other.
struct SequenceRow {
    var x: [Float]
    var steps = 1
    var classIndex: Int
}

/// Records of a gzipped file of JSON lines whose only feature is a sequence, labelled from 1 up.
func sequences(of file: String) throws -> [SequenceRow] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", Fixtures.data(file).path]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return try text.split(separator: "\n").map { line in
        let record = try JSONValue.parse(Array(line.utf8))
        let steps = try #require(record["features"]?["cepstrum"]?.arrayValue)
        let label = try #require(record["label"]?.stringValue.flatMap { Int($0) })
        return SequenceRow(
            x: steps.flatMap { flattened($0).map(Float.init) }, steps: steps.count, classIndex: label - 1)
    }
}

/// The share of records whose class was predicted before it was learned, over shuffled passes, each value standardized.
func prequentialAccuracy<Learner: OnlineLearner & ~Copyable>(
    _ learner: inout Learner, _ rows: [SequenceRow], width: Int, classes: Int, passes: Int, seed: UInt64
) -> Double {
    var scaler = FeatureScaler(features: (0..<width).map { FeatureDeclaration(name: "f\($0)") })
    var generator = SplitMix64(seed: seed)
    var correct = 0
    var stamp: UInt64 = 0
    for _ in 0..<passes {
        for row in rows.shuffled(using: &generator) {
            let steps = (0..<row.steps).map { Array(row.x[$0 * width..<($0 + 1) * width]) }
            let scaled = LearnerExample(
                dense: steps.flatMap { scaler.transform($0) }, steps: row.steps, label: .classIndex(row.classIndex))
            stamp += 1
            let answer = learner.answer(scaled, classes: classes, stamp: stamp)
            if answer.prediction.classIndex == row.classIndex { correct += 1 }
            learner.learn(scaled, stamp: stamp)
            for step in steps { scaler.update(step) }
        }
    }
    return Double(correct) / Double(rows.count * passes)
}
