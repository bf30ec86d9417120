#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Quantiles that intervals reach to.
enum Quantiles {
    /// The normal distribution's, by halving. Probability between 0 and 1.
    static func normal(_ probability: Double) -> Double {
        var (lower, upper) = (-39.0, 39.0)
        for _ in 0..<64 {
            let middle = 0.5 * (lower + upper)
            if 0.5 * erfc(-middle / 2.0.squareRoot()) < probability { lower = middle } else { upper = middle }
        }
        return 0.5 * (lower + upper)
    }

    /// Student's, by the first terms of its expansion around the normal one: good to three digits from nine degrees on.
    /// - Source: Fisher and Cornish, Technometrics 2 (1960).
    static func student(_ probability: Double, degrees: Double) -> Double {
        let z = normal(probability)
        let square = z * z
        let first = z * (square + 1) / 4
        let second = z * ((5 * square + 16) * square + 3) / 96
        let third = z * (((3 * square + 19) * square + 17) * square - 15) / 384
        return z + (first + (second + third / degrees) / degrees) / degrees
    }
}
