import Foundation
import OnlineLearning
import Records
import TestSupport

let twoClasses = Target.binary(classes: [.text("DOWN"), .text("UP")])

struct Example {
    var x: [Float]
    var label: Label
    var weight = 1.0
}

/// Examples of a linear rule with noise.
func examples(_ count: Int, features: Int, target: Target, seed: UInt64) -> [Example] {
    var generator = SplitMix64(seed: seed)
    let rule = (0..<features).map { _ in Double.random(in: -1...1, using: &generator) }
    return (0..<count).map { _ in
        let x = (0..<features).map { _ in Float.random(in: -2...2, using: &generator) }
        let value =
            zip(rule, x).reduce(0.3) { $0 + $1.0 * Double($1.1) } + Double.random(in: -0.2...0.2, using: &generator)
        return Example(x: x, label: target == .regression ? .value(10 * value + 100) : .classIndex(value > 0 ? 1 : 0))
    }
}

/// Labels that a loss can learn from: counts whose log mean is the rule for the Poisson loss, the same ones for any other.
func examples(_ count: Int, features: Int, loss: LossKind, seed: UInt64) -> [Example] {
    let data = examples(count, features: features, target: loss.isForClasses ? twoClasses : .regression, seed: seed)
    guard loss == .poisson else { return data }
    return data.map { example in
        var counted = example
        counted.label = .value(exp(((example.label.target ?? 0) - 100) / 30 + 2).rounded())
        return counted
    }
}

extension LinearModel {
    func predict(_ x: [Float]) -> Prediction { x.withUnsafeBufferPointer { predict($0) } }

    @discardableResult
    mutating func learn(_ example: Example) -> LearningOutcome {
        example.x.withUnsafeBufferPointer { learn($0, label: example.label, weight: example.weight) }
    }

    var state: StateArchive {
        var archive = StateArchive()
        save(to: &archive, under: "model")
        return archive
    }
}

extension FeatureScaler {
    func transform(_ row: [Float]) -> [Float] {
        var output = row
        output.withUnsafeMutableBufferPointer { output in row.withUnsafeBufferPointer { transform($0, into: output) } }
        return output
    }

    mutating func update(_ row: [Float]) { row.withUnsafeBufferPointer { update($0) } }

    var state: StateArchive {
        var archive = StateArchive()
        save(to: &archive, under: "scaler")
        return archive
    }
}

/// Columns of a gzipped CSV of the project, as text, by row.
func columns(_ names: [String], of file: String) throws -> [[Substring]] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", Fixtures.data(file).path]
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard process.terminationStatus == 0, let header = lines.first?.split(separator: ",") else {
        throw CocoaError(.fileReadCorruptFile)
    }
    let places = names.compactMap { name in header.firstIndex { $0 == name } }
    guard places.count == names.count else { throw CocoaError(.fileReadCorruptFile) }
    return lines.dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return places.map { fields[$0] }
    }
}
