internal import Foundation

/// Records of 28 numbers with six decimals, as many as the HIGGS stream has: a noisy linear concept. The same seed gives
/// the same bytes.
enum GeneratedRecords {
    static let featureCount = 28

    static func block(records: Int, seed: UInt64) -> RecordBlock {
        var random = SplitMix64(state: seed)
        let concept = (0..<featureCount).map { _ in random.unit() * 2 - 1 }
        var block = RecordBlock()
        for _ in 0..<records {
            let values = (0..<featureCount).map { _ in random.unit() * 4 - 2 }
            let margin = zip(concept, values).reduce(random.unit() - 0.5) { $0 + $1.0 * $1.1 }
            let members = values.enumerated().map { "\"x\($0)\":" + String(format: "%.6f", $1) }
            let text = "{\"features\":{\(members.joined(separator: ","))},\"label\":\"\(margin > 0 ? "yes" : "no")\"}"
            Array(text.utf8).withUnsafeBytes { block.append($0) }
        }
        return block
    }
}

/// - Source: Steele, Lea and Flood, OOPSLA 2014.
private struct SplitMix64 {
    var state: UInt64

    /// Uniform in 0 to 1.
    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((value ^ (value >> 31)) >> 11) * 0x1p-53
    }
}
