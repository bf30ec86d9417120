/// The weights of both classes by score, from the lowest on: what the areas under the curves are made of.
///
/// - Cost: O(steps) for each value, where records of the same score are one step.
struct RankedWeights {
    /// Of one score: negatives, positives.
    private var steps: [SIMD2<Double>] = []
    private var sums = SIMD2<Double>.zero

    /// - Parameter capacity: steps to be expected.
    init(capacity: Int = 0) { steps.reserveCapacity(capacity) }

    /// The next higher score; one without weight is passed over.
    mutating func append(negatives: Double, positives: Double) {
        guard negatives + positives > 0 else { return }
        steps.append(SIMD2(negatives, positives))
        sums += SIMD2(negatives, positives)
    }

    private var hasBoth: Bool { sums[0] > 0 && sums[1] > 0 }

    /// Area under the ROC curve: how often a positive record scores above a negative one; ties count half. Nil unless both
    /// classes are there.
    var area: Double? {
        guard hasBoth else { return nil }
        var (negatives, above) = (0.0, 0.0)
        for step in steps {
            above += step[1] * (negatives + 0.5 * step[0])
            negatives += step[0]
        }
        return above / sums[0] / sums[1]
    }

    /// Variance of the area, by how each record's share of records below or above it differs from the others' of its class;
    /// a weight stands for so many records. Nil with fewer than two of a class.
    /// - Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988).
    var areaVariance: Double? {
        guard let area, sums[0] > 1, sums[1] > 1 else { return nil }
        var before = SIMD2<Double>.zero
        var squares = SIMD2<Double>.zero
        for step in steps {
            // For the negatives: the share of positives above. For the positives: the share of negatives below.
            let above = (sums[1] - before[1] - 0.5 * step[1]) / sums[1] - area
            let below = (before[0] + 0.5 * step[0]) / sums[0] - area
            squares += step * SIMD2(above * above, below * below)
            before += step
        }
        let variances = squares / (sums - 1) / sums
        return variances[0] + variances[1]
    }

    /// How far the area can be off where records of one step would have had scores of their own.
    var largestTieError: Double {
        guard hasBoth else { return 0 }
        return 0.5 * steps.reduce(0) { $0 + $1[0] * $1[1] } / sums[0] / sums[1]
    }

    /// Area under the precision-recall curve as average precision: the mean, over the positive records, of the precision
    /// among all records that score as high or higher. Nothing is interpolated.
    var averagePrecision: Double? {
        guard hasBoth else { return nil }
        var (negatives, positives, area) = (0.0, 0.0, 0.0)
        for step in steps.reversed() {
            negatives += step[0]
            positives += step[1]
            if step[1] > 0 { area += step[1] * positives / (negatives + positives) }
        }
        return area / sums[1]
    }

    /// How far the average precision can be off where records of one step would have had scores of their own.
    ///
    /// Within a step precision is at least what it would be after all its negatives, and at most after all its positives.
    var largestPrecisionError: Double {
        guard hasBoth else { return 0 }
        var (negatives, positives, span) = (0.0, 0.0, 0.0)
        for step in steps.reversed() {
            if step[0] > 0 && step[1] > 0 {
                let lowest = positives / (positives + negatives + step[0])
                let highest = (positives + step[1]) / (positives + step[1] + negatives)
                span += step[1] * (highest - lowest)
            }
            negatives += step[0]
            positives += step[1]
        }
        return span / sums[1]
    }
}
