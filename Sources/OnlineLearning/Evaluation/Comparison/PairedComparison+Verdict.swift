#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension PairedComparison {
    public enum Verdict: Sendable, Equatable { case first, second, undecided }

    /// Whose loss is smaller, where the interval leaves no doubt.
    public var verdict: Verdict {
        let interval = interval
        return interval.upperBound < 0 ? .first : interval.lowerBound > 0 ? .second : .undecided
    }

    /// How much there is against the two being equal; infinite where it is beyond any number.
    public var evidence: Double {
        let (first, second) = (logEvidenceForFirst, logEvidenceForSecond)
        let larger = max(first, second)
        return exp(larger + log((1 + exp(min(first, second) - larger)) / 2))
    }

    /// One sentence that says which is better, by how much, and how sure that is.
    public var sentence: String {
        guard let mean = meanDifference else {
            return "there is nothing to compare \(names.first) and \(names.second) by"
        }
        let interval = interval
        let (low, high) = (interval.lowerBound, interval.upperBound)
        let digits = Self.digits(high - low)
        let after = "after \(Self.grouped(records)) records"
        let note =
            bounded == 0
            ? "" : "; \(Self.grouped(bounded)) differences beyond \(bound) count as so much"
        func better(_ winner: String, _ loser: String, _ gains: (Double, Double, Double)) -> String {
            let range = "\(Self.fixed(gains.1, digits)) to \(Self.fixed(gains.2, digits))"
            return
                "\(winner) is better than \(loser) in \(metric) by \(Self.fixed(gains.0, digits)) (\(range)) \(after)\(note)"
        }
        switch verdict {
        case .first: return better(names.first, names.second, (-mean, -high, -low))
        case .second: return better(names.second, names.first, (mean, low, high))
        case .undecided:
            let largest = Self.fixed(max(-low, high), digits)
            return
                "no difference between \(names.first) and \(names.second) in \(metric) can be told \(after), and none is larger than \(largest)\(note)"
        }
    }

    /// Decimals that show two digits of a width, between 0 and 9.
    private static func digits(_ width: Double) -> Int {
        guard width > 0, width.isFinite else { return 9 }
        return min(max(2 - Int(floor(log10(width))), 0), 9)
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let unit = pow(10, Double(digits))
        let scaled = (abs(value) * unit).rounded()
        guard scaled < 1e18 else { return "\(value)" }
        let whole = UInt64(scaled)
        let parts = whole.quotientAndRemainder(dividingBy: UInt64(unit))
        var fraction = String(parts.remainder)
        fraction = String(repeating: "0", count: max(digits - fraction.count, 0)) + fraction
        let sign = value < 0 && whole > 0 ? "-" : ""
        return digits == 0 ? "\(sign)\(parts.quotient)" : "\(sign)\(parts.quotient).\(fraction)"
    }

    private static func grouped(_ count: UInt64) -> String {
        let digits = Array(String(count))
        return digits.enumerated().reduce(into: "") { text, entry in
            if entry.offset > 0 && (digits.count - entry.offset) % 3 == 0 { text.append(",") }
            text.append(entry.element)
        }
    }
}
