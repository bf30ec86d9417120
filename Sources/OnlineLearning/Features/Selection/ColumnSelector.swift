internal import Glibc
internal import Records

/// Chooses columns from what was seen of them, and of the label beside them.
///
/// - Cost: O(columns) a record, a choice O(columns × classes) or O(columns × log columns) now and then; allocates nothing but
///   there. Memory: O(columns × classes), with mutual information eight times that.
struct ColumnSelector: ~Copyable {
    let selection: FeatureSelection
    let columns: Int
    /// How many of the first columns are measured as they stand in the row.
    let raw: Int
    let isActive: Bool
    /// Classes, or bins of a number.
    let labels: Int
    let isForClasses: Bool
    /// Records that were taken in.
    var records: UInt64 = 0
    let moments: ColumnMoments
    /// Of a label that is a number.
    let labelMoments: ColumnMoments
    /// Correlation with classes: `[labels]` counts, then `[labels, columns]` sums. With a number: `[columns]` co-moments.
    /// Mutual information: `[columns, 8, labels]` counts.
    let joint: Storage<Double>
    /// 1 or 0.
    let kept: Storage<Float>

    init(_ selection: FeatureSelection?, columns: Int, raw: Int, target: Target) {
        let count = selection == nil ? 0 : columns
        let labels = target.isForClasses ? target.classes.count : ColumnMoments.bins
        isActive = selection != nil
        self.selection = selection ?? FeatureSelection(.variance)
        self.columns = count
        self.raw = raw
        self.labels = labels
        isForClasses = target.isForClasses
        moments = ColumnMoments(columns: count)
        labelMoments = ColumnMoments(columns: 1)
        kept = Storage(repeating: 1, count: count)
        let jointCount: Int
        switch self.selection.kind {
        case .variance: jointCount = 0
        case .correlation: jointCount = target.isForClasses ? labels * (1 + count) : count
        case .mutualInformation: jointCount = count * ColumnMoments.bins * labels
        }
        joint = Storage(repeating: 0, count: isActive ? jointCount : 0)
    }

    /// Sets what isn't kept to 0.
    @inline(__always)
    func mask(_ values: UnsafeMutablePointer<Float>) {
        for column in 0..<columns { values[column] *= kept[column] }
    }

    /// - Parameter raw: the row's own columns, NaN where they are missing.
    /// - Parameter encoded: all columns as a model would see them if all were kept.
    mutating func update(raw: UnsafeBufferPointer<Float>, encoded: UnsafePointer<Float>, _ label: Label) {
        switch selection.kind {
        case .variance:
            for column in 0..<columns { moments.add(column < self.raw ? raw[column] : encoded[column], to: column) }
        case .correlation, .mutualInformation:
            guard let target = label.target, fits(label) else { return }
            if selection.kind == .correlation { correlate(encoded, target) } else { count(encoded, target) }
            labelMoments.add(Float(target), to: 0)
        }
        records += 1
        if records % UInt64(max(1, selection.every)) == 0 { choose() }
    }

    private func fits(_ label: Label) -> Bool {
        switch label {
        case .absent: false
        case .classIndex(let index): isForClasses && (0..<labels).contains(index)
        case .value(let value): !isForClasses && abs(value) <= Double(Float.greatestFiniteMagnitude)
        }
    }

    private func correlate(_ encoded: UnsafePointer<Float>, _ target: Double) {
        if isForClasses {
            let label = Int(target)
            joint[label] += 1
            let sums = joint.base + labels + label * columns
            for column in 0..<columns {
                moments.add(encoded[column], to: column)
                sums[column] += Double(encoded[column])
            }
        } else {
            let before = target - labelMoments.means[0]
            for column in 0..<columns {
                moments.add(encoded[column], to: column)
                joint[column] += before * (Double(encoded[column]) - moments.means[column])
            }
        }
    }

    private func count(_ encoded: UnsafePointer<Float>, _ target: Double) {
        let label = isForClasses ? Int(target) : labelMoments.bin(target, of: 0)
        for column in 0..<columns {
            let bin = moments.bin(Double(encoded[column]), of: column)
            joint[(column * ColumnMoments.bins + bin) * labels + label] += 1
            moments.add(encoded[column], to: column)
        }
    }

    private func choose() {
        guard selection.kind != .variance else {
            for column in 0..<columns { kept[column] = moments.variance(column) > selection.threshold ? 1 : 0 }
            return
        }
        let scores = (0..<columns).map { column in
            let score = selection.kind == .correlation ? correlation(column) : information(column)
            return score.isFinite ? score : 0
        }
        // Of equal scores the first column counts, so that the choice is the same everywhere.
        let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        for (rank, column) in order.enumerated() { kept[column] = rank < selection.keep ? 1 : 0 }
    }

    /// The squared correlation with the label, or with the class where it is the largest.
    func correlation(_ column: Int) -> Double {
        let count = moments.counts[column]
        let variance = moments.variance(column)
        guard variance > 0 else { return 0 }
        guard isForClasses else {
            let covariance = joint[column] / count
            return covariance * covariance / (variance * labelMoments.variance(0))
        }
        var best = 0.0
        for label in 0..<labels {
            let share = joint[label] / count
            guard share > 0, share < 1 else { continue }
            let covariance = joint[labels + label * columns + column] / count - share * moments.means[column]
            best = max(best, covariance * covariance / (variance * share * (1 - share)))
        }
        return best
    }

    /// What the column's bin tells of the label, in nats.
    func information(_ column: Int) -> Double {
        let table = joint.base + column * ColumnMoments.bins * labels
        let total = moments.counts[column]
        var sum = 0.0
        for bin in 0..<ColumnMoments.bins {
            var inBin = 0.0
            for label in 0..<labels { inBin += table[bin * labels + label] }
            for label in 0..<labels where table[bin * labels + label] > 0 {
                var ofLabel = 0.0
                for other in 0..<ColumnMoments.bins { ofLabel += table[other * labels + label] }
                let both = table[bin * labels + label]
                sum += both / total * log(both * total / (inBin * ofLabel))
            }
        }
        return sum
    }
}
