/// A view of one leaf's statistics of a regression: a histogram of the labels by each watched input, and a linear model of the
/// leaf's own.
///
/// - Shape: header, `[inputs + 1]` weights of the linear model and its intercept, then `[observed]` histograms. Cost:
///   O(inputs) to learn and to predict. Allocates nothing.
/// - Source: after Ikonomovska, Gama and Džeroski, Learning model trees from evolving data streams, Data Mining and Knowledge
///   Discovery 23 (2011); the histograms stand for their search trees, and are bounded.
struct ValueLeaf {
    private enum Header: Int, CaseIterable {
        /// What was seen since the leaf began, and at the last look for a split.
        case weight
        case weightAtLook
        /// Labels are added up as differences from this one.
        case anchor
        /// Of the labels seen, by the parents too; the linear model's predictions stay within.
        case lowest
        case highest
        /// Faded absolute errors of the mean and of the linear model.
        case meanLoss
        case linearLoss
    }

    private let base: UnsafeMutablePointer<Double>
    let watched: UnsafeMutablePointer<UInt32>
    private let inputs: Int
    let observed: Int

    static func count(_ shape: TreeShape) -> Int {
        Header.allCases.count + shape.inputs + 1 + shape.observed * InputHistogram.count(columns: LabelSums.count)
    }

    @inline(__always)
    init(_ base: UnsafeMutablePointer<Double>, inputs watched: UnsafeMutablePointer<UInt32>, _ shape: TreeShape) {
        self.base = base
        self.watched = watched
        inputs = shape.inputs
        observed = shape.observed
    }

    private subscript(field: Header) -> Double {
        get { base[field.rawValue] }
        nonmutating set { base[field.rawValue] = newValue }
    }
    private var linear: UnsafeMutablePointer<Double> { base + Header.allCases.count }
    @inline(__always)
    func histogram(_ place: Int) -> InputHistogram {
        let size = InputHistogram.count(columns: LabelSums.count)
        return InputHistogram(linear + inputs + 1 + place * size, columns: LabelSums.count)
    }

    var anchor: Double { self[.anchor] }
    var weight: Double { self[.weight] }
    var weightSinceLook: Double { self[.weight] - self[.weightAtLook] }
    func noteLook() { self[.weightAtLook] = self[.weight] }
    /// How much the linear model counts, beside the mean.
    var linearShare: Double {
        let (byMean, byLine) = (self[.meanLoss], self[.linearLoss])
        guard byMean + byLine > 0 else { return 0.5 }
        let share = byMean / (byMean + byLine)
        let (one, other) = (share * share * share * share, (1 - share) * (1 - share) * (1 - share) * (1 - share))
        return one / (one + other)
    }

    /// Begins with what a parent knows that still holds for its child.
    func inherit(_ parent: ValueLeaf, mean: Double) {
        self[.anchor] = mean
        self[.lowest] = parent[.lowest]
        self[.highest] = parent[.highest]
        self[.meanLoss] = parent[.meanLoss]
        self[.linearLoss] = parent[.linearLoss]
        linear.update(from: parent.linear, count: inputs + 1)
    }

    /// Begins a first leaf, or one that had been without statistics.
    func begin(mean: Double) {
        self[.anchor] = mean
        self[.lowest] = mean
        self[.highest] = mean
        linear[inputs] = mean
    }

    /// Within the labels seen.
    func linearPrediction(_ x: UnsafePointer<Float>) -> Double { min(max(margin(x), self[.lowest]), self[.highest]) }

    @inline(__always)
    private func margin(_ x: UnsafePointer<Float>) -> Double {
        var sum = linear[inputs]
        for input in 0..<inputs { sum += linear[input] * Double(x[input]) }
        return sum
    }

    func learn(_ x: UnsafePointer<Float>, value: Double, weight: Double, mean: Double, stepSize: Double, fading: Double)
    {
        self[.meanLoss] = fading * self[.meanLoss] + abs(value - mean)
        self[.linearLoss] = fading * self[.linearLoss] + abs(value - linearPrediction(x))
        self[.lowest] = min(self[.lowest], value)
        self[.highest] = max(self[.highest], value)
        let isFirst = self[.weight] == 0
        self[.weight] += weight
        let label = value - self[.anchor]
        for place in 0..<observed {
            let sums = histogram(place).sums(at: Double(x[Int(watched[place])]), isFirst: isFirst)
            sums[0] += weight
            sums[1] += weight * label
            sums[2] += weight * label * label
        }
        correct(x, by: value - margin(x), weight, stepSize)
    }

    /// One step of the linear model that never overshoots: the step's length is divided by the squared norm.
    private func correct(_ x: UnsafePointer<Float>, by error: Double, _ weight: Double, _ stepSize: Double) {
        var norm = 1.0
        for input in 0..<inputs { norm += Double(x[input]) * Double(x[input]) }
        let step = weight * stepSize / (1 + weight * stepSize * norm) * error
        guard abs(step) < 1e30 else { return }
        for input in 0..<inputs { linear[input] += step * Double(x[input]) }
        linear[inputs] += step
    }
}
