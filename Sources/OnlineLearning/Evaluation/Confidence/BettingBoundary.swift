#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How far a sum of bounded steps with mean 0 can have gone, at any time, as what somebody would have won who bets on its
/// going up: the capital is spread over stakes, each half of the one before.
///
/// Were the mean of every step, given those before, not above 0, the capital's expectation would never be more than the
/// one that it began with. So the chance that it ever reaches 1 / error is at most that error.
/// - Cost: O(stakes).
/// - Source: Howard, Ramdas, McAuliffe and Sekhon, The Annals of Statistics 49 (2021), theorem 4, for the bounded steps;
///   the mixture over stakes is as in section 3.5 there.
struct BettingBoundary {
    private static let stakes = 24
    private let largestStep: Double

    /// - Parameter largestStep: how far a step can be from what is expected of it, above 0.
    init(largestStep: Double) { self.largestStep = largestStep }

    /// Natural logarithm of the capital that 1 has become.
    /// - Parameters:
    ///   - sum: of the steps.
    ///   - spread: sum of the steps' squared distances from what was expected before each of them.
    func logCapital(sum: Double, spread: Double) -> Double {
        // In units of the largest step.
        let (sum, spread) = (sum / largestStep, spread / largestStep / largestStep)
        var logs: [Double] = []
        var stake = 0.5
        for _ in 0..<Self.stakes {
            logs.append(stake * sum - (-log1p(-stake) - stake) * spread)
            stake *= 0.5
        }
        let largest = logs.max() ?? 0
        return largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / Double(Self.stakes))
    }

    /// The smallest sum at which the capital is 1 / error.
    func reach(spread: Double, error: Double) -> Double {
        let goal = -log(error)
        var (lower, upper) = (0.0, largestStep)
        while logCapital(sum: upper, spread: spread) < goal && upper < .greatestFiniteMagnitude / 4 { upper *= 2 }
        for _ in 0..<64 {
            let middle = 0.5 * (lower + upper)
            if logCapital(sum: middle, spread: spread) < goal { lower = middle } else { upper = middle }
        }
        return upper
    }
}
