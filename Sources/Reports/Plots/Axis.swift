internal import Foundation

/// A range of values and round places in it.
package struct Axis: Equatable {
    package let low: Double
    package let high: Double
    package let ticks: [Double]
    private let step: Double

    /// An axis that holds all values and ends at round ones.
    /// - Parameters:
    ///   - values: what isn't finite is left out; without any the axis goes from 0 to 1.
    ///   - steps: about how many steps there are to be.
    ///   - limits: where the axis ends at the latest, because nothing can lie beyond.
    package init(holding values: some Sequence<Double>, steps: Int = 5, limits: ClosedRange<Double>? = nil) {
        var least = Double.infinity
        var most = -Double.infinity
        for value in values where value.isFinite && abs(value) < 1e150 {
            least = min(least, value)
            most = max(most, value)
        }
        if least > most { (least, most) = (0, 1) }
        if most - least <= 1e-9 * max(abs(least), abs(most)) {
            let room = max(abs(most) * 0.1, 1e-3)
            (least, most) = (least - room, most + room)
        }
        let step = Self.roundStep((most - least) / Double(max(steps, 1)))
        var first = (least / step + 1e-9).rounded(.down)
        var last = (most / step - 1e-9).rounded(.up)
        if let limits {
            first = max(first, (limits.lowerBound / step - 1e-9).rounded(.up))
            last = min(last, (limits.upperBound / step + 1e-9).rounded(.down))
            if last <= first { (first, last) = (min(first, last), min(first, last) + 1) }
        }
        self.init(step: step, first: first, last: last)
    }

    /// From the first to the last value, whether they are round or not; ticks at the round ones between.
    package init(from low: Double, to high: Double, steps: Int = 5) {
        let end = high > low ? high : low + 1
        step = Self.roundStep((end - low) / Double(max(steps, 1)))
        self.low = low
        self.high = end
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((end / step + 1e-9).rounded(.down))
        let step = step
        ticks = first <= last ? (first...last).map { Double($0) * step } : []
    }

    private init(step: Double, first: Double, last: Double) {
        self.step = step
        low = first * step
        high = last * step
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// 1, 2 or 5 times a power of ten, the least that isn't below `rough`.
    private static func roundStep(_ rough: Double) -> Double {
        let power = pow(10, log10(rough).rounded(.down))
        let factor = [1.0, 2, 5].first { $0 * power >= rough * (1 - 1e-9) } ?? 10
        return factor * power
    }

    /// The tick's number with as many digits as tell it from the next.
    package func label(_ tick: Double) -> String {
        let value = abs(tick) < step * 1e-6 ? 0 : tick
        if max(abs(low), abs(high)) >= 1e7 || step < 1e-5 { return NumberText.short(value) }
        if step >= 1 { return NumberText.count(Int(value.rounded())) }
        let digits = Int((-log10(step) + 1e-9).rounded(.up))
        return String(format: "%.\(digits)f", value).replacing("-", with: "−")
    }

    /// Where a value lies, from 0 at the low end to 1 at the high one; what lies beyond is brought to the end.
    package func place(_ value: Double) -> Double { min(max((value - low) / (high - low), 0), 1) }
}
