import TestSupport

/// One record for the features topic.
struct Input: Sendable {
    var key: String?
    /// Nil is a tombstone.
    var value: [UInt8]?
    /// Milliseconds since 1970.
    var timestamp: Int64
}

/// Records that a logistic model can learn from; one in fifty is malformed, one in twenty has no label.
func inputs(_ count: Int, seed: UInt64, malformed: Bool = true) -> [Input] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { index in
        let a = Double.random(in: -2...2, using: &random)
        let b = Double.random(in: 0...100, using: &random)
        let label = a + b / 100 + Double.random(in: -0.5...0.5, using: &random) > 0.5 ? "UP" : "DOWN"
        let kind = Int.random(in: 0..<100, using: &random)
        let features = "\"features\":{\"a\":\(a),\"b\":\(b)}"
        let text =
            switch kind {
            case 0 where malformed: "{\"features\":{\"a\":\"x\"}}"
            case 1 where malformed: "{\"features\":"
            case 2..<7: "{\"id\":\"\(seed)-\(index)\",\(features)}"
            default: "{\"id\":\"\(seed)-\(index)\",\(features),\"label\":\"\(label)\"}"
            }
        return Input(
            key: index % 3 == 0 ? nil : "k\(index % 17)", value: Array(text.utf8),
            timestamp: 1_700_000_000_000 + Int64(index) * 10)
    }
}
