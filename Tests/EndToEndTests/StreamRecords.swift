/// Records of a stream that a logistic model can learn from.
enum StreamRecords {
    /// Accepted ones; some without a label.
    static func good(_ count: Int, seed: UInt64, partitions: Int = 1) -> [ProducedRecord] {
        var state = seed
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        return (0..<count).map { index in
            let a = uniform() * 4 - 2
            let b = uniform() * 100
            let label = uniform() < 0.9 ? ",\"label\":\"\(a + b / 50 + uniform() > 1.5 ? "UP" : "DOWN")\"" : ""
            return ProducedRecord(
                key: "k\(index % 17)",
                value:
                    "{\"id\":\"r-\(index)\",\"timestamp\":\(1_700_000_000_000 + index * 10),\"features\":{\"a\":\(a),\"b\":\(b)}\(label)}",
                partition: index % partitions)
        }
    }

    static let bad = [
        "", "{", "{\"features\":{\"a\":1,\"a\":2}}", "[1]", "{\"features\":{\"a\":\"one\"}}",
        "{\"features\":{\"a\":1e300}}",
        "{\"features\":{\"a\":1},\"label\":\"SIDEWAYS\"}", "{\"features\":{}}",
        "{\"features\":{\"a\":1},\"weight\":-1}",
        "{\"features\":{\"a\":NaN}}",
    ]
}
