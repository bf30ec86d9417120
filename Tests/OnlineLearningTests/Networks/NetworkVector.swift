import Foundation
import JSONTree
import OnlineLearning
import Records
import TestSupport
import Testing

/// One case of the reference vectors of networks: a network, an optimizer, and what came of some batches.
struct NetworkVector: CustomStringConvertible {
    struct Step {
        var json: JSONValue
        var loss: Double
    }

    let file: String
    let name: String
    let json: JSONValue
    let steps: [Step]

    var description: String { "\(file) \(name)" }
    /// What stands before the slash: the network.
    var network: String { String(name.prefix { $0 != "/" }) }
    var layers: [String] { json["kind"]?["layers"]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    static func all(_ networks: Set<String>) throws -> [NetworkVector] {
        let vectors = try Fixtures.vectors("networks").flatMap { file in
            let tree = try JSONValue.parse(contentsOf: file.path)
            return try #require(tree["cases"]?.arrayValue).map { json in
                NetworkVector(
                    file: file.lastPathComponent, name: try #require(json["name"]?.stringValue), json: json,
                    steps: try #require(json["steps"]?.arrayValue).map {
                        Step(json: $0, loss: try #require($0["loss"]?.doubleValue))
                    })
            }
        }.filter { networks.contains($0.network) }
        #expect(Set(vectors.map(\.network)) == networks)
        return vectors
    }

    /// The tensors under `key`, one behind the other in the order of `names`.
    func tensors(_ names: [String], of json: JSONValue?) throws -> [[Double]] {
        try names.map { flattened(try #require(json?[$0])) }
    }

    /// The numbers that the reference was made with; the file names only the optimizer.
    var optimizer: OptimizerConfiguration {
        get throws {
            let name = try #require(json["optimizer"]?.stringValue)
            if name == "sgd-l2" { return OptimizerConfiguration(kind: .sgd, stepSize: 0.05, l2: 0.01) }
            let kind = try #require(OptimizerKind(rawValue: name), "an optimizer \(name)")
            let steps: [OptimizerKind: Double] = [.sgd: 0.05, .adagrad: 0.05, .momentum: 0.02, .nesterov: 0.02]
            let epsilon = kind == .adagrad ? 1e-10 : 1e-8
            return OptimizerConfiguration(
                kind: kind, stepSize: steps[kind] ?? 0.01, epsilon: epsilon, l2: kind == .adamw ? 0.01 : 0)
        }
    }
}

/// All numbers of a nested array, in order.
func flattened(_ json: JSONValue) -> [Double] {
    if let array = json.arrayValue { return array.flatMap(flattened) }
    return json.doubleValue.map { [$0] } ?? []
}

extension OnlineLearner where Self: ~Copyable {
    /// Takes over weights in the order of `model/weights`; all else stays.
    mutating func takeWeights(_ weights: [Double]) throws {
        var state = savedState
        state.put("model/weights", floats: weights.map(Float.init))
        try restore(from: state, under: "model")
    }

    var savedWeights: [Double] {
        get throws { try savedState.floats("model/weights").map(Double.init) }
    }
}

/// The largest error of any tensor, each relative to its largest magnitude.
func tensorError(_ found: [Double], _ expected: [[Double]]) -> Double {
    precondition(found.count == expected.reduce(0) { $0 + $1.count })
    var place = 0
    return expected.map { tensor in
        defer { place += tensor.count }
        return relativeError(Array(found[place..<place + tensor.count]), tensor)
    }.max() ?? 0
}
