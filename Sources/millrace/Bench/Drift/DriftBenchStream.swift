/// A generated stream for detectors, which changes or doesn't: SplitMix64 and no libm, so that it is the same anywhere.
///
/// - Source: the recipe of the drift vectors in `Tests/Fixtures/vectors`, of which this makes the same values.
struct DriftBenchStream: Hashable {
    /// What a value is: an error (0 or 1), or a number that is nearly normal with deviation 1.
    enum Signal: String, CaseIterable {
        case errors, values
    }

    enum Change: CaseIterable {
        /// The mean stays: 0.2 of errors, 0 of values.
        case none
        /// At once, by 0.2 of errors and 0.5 of values.
        case abrupt
        /// The same over a thousand values.
        case gradual
    }

    /// The first value after the change.
    static let changePoint = 10_000
    /// The values of a stream that changes.
    static let length = 15_000

    var signal: Signal
    var change: Change

    /// - Returns: the first `count` values.
    func values(seed: UInt64, count: Int) -> [Double] {
        var generator = Generator(state: seed &* 1_000_003 &+ number)
        return (0..<count).map { index in
            let share = share(at: index)
            switch signal {
            case .errors: return generator.uniform() < 0.2 + 0.2 * share ? 1 : 0
            case .values: return generator.nearlyNormal() + 0.5 * share
            }
        }
    }

    /// How much of the change has come.
    private func share(at index: Int) -> Double {
        guard index >= Self.changePoint else { return 0 }
        return switch change {
        case .none: 0
        case .abrupt: 1
        case .gradual: min(Double(index - Self.changePoint) / 1000, 1)
        }
    }

    /// The recipe has four streams; the two that don't change come after them.
    private var number: UInt64 {
        switch (signal, change) {
        case (.errors, .abrupt): 1
        case (.values, .abrupt): 2
        case (.errors, .gradual): 3
        case (.values, .gradual): 4
        case (.errors, .none): 5
        case (.values, .none): 6
        }
    }

    private struct Generator {
        var state: UInt64

        mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

        /// Twelve uniform values, summed from the left.
        mutating func nearlyNormal() -> Double {
            var sum = uniform()
            for _ in 1..<12 { sum += uniform() }
            return sum - 6
        }

        private mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
