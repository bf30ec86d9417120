/// A mean in which every value is worth less than the one after it, and the sum of the squared weights in it.
///
/// - Source: Frías-Blanco and others 2015, section 4; `Convention` says how it begins.
struct FadedMean {
    private(set) var mean = 0.0
    /// What McDiarmid's bound needs: how far single values can move the mean.
    private(set) var weights: Double
    private(set) var hasBegun = false

    init(_ convention: Convention) { weights = convention == .moa ? 0 : 1 }

    init(mean: Double, weights: Double, hasBegun: Bool) {
        (self.mean, self.weights, self.hasBegun) = (mean, weights, hasBegun)
    }

    mutating func add(_ value: Double, fading: Double, _ convention: Convention) {
        let isFirst = !hasBegun && convention != .frouros
        mean = isFirst ? value : fading * value + (1 - fading) * mean
        weights =
            isFirst && convention == .moa
            ? 1 : fading * fading + (1 - fading) * (1 - fading) * weights
        hasBegun = true
    }
}

/// The faded mean up to the best cut point so far, and the one of the values since.
struct CutPoint {
    private(set) var before: FadedMean
    private(set) var since: FadedMean
    /// The bound of the mean at the cut point: the next cut point must be better.
    private(set) var bound: Double

    init(_ convention: Convention, bound: Double) {
        before = FadedMean(convention)
        since = FadedMean(convention)
        self.bound = bound
    }

    init(before: FadedMean, since: FadedMean, bound: Double) {
        (self.before, self.since, self.bound) = (before, since, bound)
    }

    /// The cut point moves to the present value.
    mutating func move(to all: FadedMean, bound: Double, _ convention: Convention) {
        (before, since, self.bound) = (all, FadedMean(convention), bound)
    }

    mutating func add(_ value: Double, fading: Double, _ convention: Convention) {
        since.add(value, fading: fading, convention)
    }
}
