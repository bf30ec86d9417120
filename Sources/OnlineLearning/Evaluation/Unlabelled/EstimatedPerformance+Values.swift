extension EstimatedPerformance {
    /// What is to be expected of the predictions whose labels are still out: accuracy, and of two classes log loss and area
    /// under the ROC curve; of values, mean absolute error and root of the mean squared error. Cost: O(bins), allocates.
    public var waiting: MetricValues {
        var values = MetricValues(records: waitingScores.records)
        guard waitingScores.records > 0 else { return values }
        var sum = SIMD2<Double>.zero
        var ranked = RankedWeights()
        for bin in 0..<waitingScores.sums.count where waitingScores.sums[bin][0] > 0 {
            let seen = waitingScores.sums[bin]
            if kind == .values {
                guard let expected = errors.expected(bin, worth: worth) else { return values }
                sum += seen[0] * expected
            } else {
                let probability = calibrator.probability(bin)
                sum += expected(seen, probability)
                ranked.append(negatives: seen[0] * (1 - probability), positives: seen[0] * probability)
            }
        }
        fill(&values, sum / Double(waitingScores.records), ranked)
        return values
    }

    /// What had been expected of the recent predictions whose labels have come, and what came.
    ///
    /// The areas are both from the calibration's bins, so they are comparable with each other.
    public var recent: (expected: MetricValues, came: MetricValues) {
        var (expected, came) = (MetricValues(records: labels), MetricValues(records: labels))
        guard compared.weight > 0 else { return (expected, came) }
        var (toldRanks, cameRanks) = (RankedWeights(), RankedWeights())
        if kind == .twoClasses {
            for seen in calibrator.sums.values {
                toldRanks.append(negatives: max(seen[0] - seen[3], 0), positives: seen[3])
                cameRanks.append(negatives: max(seen[0] - seen[1], 0), positives: seen[1])
            }
        }
        fill(&expected, compared.expected / compared.weight, toldRanks)
        fill(&came, compared.came / compared.weight, cameRanks)
        return (expected, came)
    }

    private func fill(_ values: inout MetricValues, _ means: SIMD2<Double>, _ ranked: RankedWeights) {
        switch kind {
        case .twoClasses:
            values.accuracy = means[0]
            values.logLoss = means[1]
            values.auc = ranked.area
        case .classes: values.accuracy = means[0]
        case .values:
            values.mae = means[0]
            values.rmse = means[1].squareRoot()
        case .anomalies: break
        }
    }
}
