/// One record for the features topic.
struct Input: Sendable {
    var key: String?
    /// Nil is a tombstone.
    var value: [UInt8]?
    /// Milliseconds since 1970.
    var timestamp: Int64
}

/// SplitMix64: small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
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
