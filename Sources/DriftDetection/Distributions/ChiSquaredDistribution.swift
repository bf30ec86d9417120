internal import Glibc

/// The chi-squared distribution's upper tail.
public enum ChiSquaredDistribution {
    /// The chance of at least `statistic` with so many degrees of freedom: the regularized upper incomplete gamma
    /// function.
    /// - Shape: scalars. `statistic` ≥ 0, `degrees` > 0 and not necessarily whole. Cost: some dozens of terms;
    ///   allocates nothing. About 13 digits, also far out, where the result is tiny.
    /// - Source: the series and the continued fraction (in Lentz's form) of Abramowitz and Stegun 6.5.29 and 6.5.31.
    public static func upperTail(_ statistic: Double, degrees: Double) -> Double {
        guard statistic > 0, degrees > 0 else { return 1 }
        guard statistic.isFinite else { return 0 }
        let shape = degrees / 2
        let point = statistic / 2
        let front = exp(shape * log(point) - point - lgamma(shape))
        return point < shape + 1
            ? max(0, 1 - front * lowerSeries(shape, point)) : front * upperFraction(shape, point)
    }

    private static func lowerSeries(_ shape: Double, _ point: Double) -> Double {
        var term = 1 / shape
        var sum = term
        var next = shape
        for _ in 0..<10_000 where term > sum * 1e-17 {
            next += 1
            term *= point / next
            sum += term
        }
        return sum
    }

    private static func upperFraction(_ shape: Double, _ point: Double) -> Double {
        let least = 1e-300
        var base = point + 1 - shape
        var numerator = 1 / least
        var denominator = 1 / base
        var fraction = denominator
        for index in 1..<10_000 {
            let step = Double(index)
            let factor = -step * (step - shape)
            base += 2
            denominator = factor * denominator + base
            if denominator.magnitude < least { denominator = least }
            denominator = 1 / denominator
            numerator = base + factor / numerator
            if numerator.magnitude < least { numerator = least }
            let change = denominator * numerator
            fraction *= change
            if (change - 1).magnitude < 1e-16 { break }
        }
        return fraction
    }

    private static func lgamma(_ value: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(value, &sign)
    }
}
