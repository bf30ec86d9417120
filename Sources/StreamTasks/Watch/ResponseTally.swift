/// How often something was done about an alert; part of a task's state.
package struct ResponseTally: Sendable, Equatable {
    package var raised: UInt64 = 0
    package var scalersReset: UInt64 = 0
    package var modelsReset: UInt64 = 0
    /// Second models that were begun, that took the first one's place, and that were given up.
    package var warmed: UInt64 = 0
    package var swapped: UInt64 = 0
    package var dropped: UInt64 = 0

    package init() {}

    static let count = 6

    var counters: [UInt64] { [raised, scalersReset, modelsReset, warmed, swapped, dropped] }

    /// By the names that metrics have for them.
    package var named: [(name: String, count: UInt64)] {
        Array(zip(["raised", "scaler-reset", "model-reset", "warmed", "swapped", "dropped"], counters)).map {
            ($0.0, $0.1)
        }
    }

    init(counters: [UInt64]) {
        (raised, scalersReset, modelsReset) = (counters[0], counters[1], counters[2])
        (warmed, swapped, dropped) = (counters[3], counters[4], counters[5])
    }
}
