internal import OnlineLearning

/// A paired comparison whose bound, where nobody can know it, is learned from the first records, which then don't count.
struct BoundedComparison {
    /// Nil until the bound is known.
    private(set) var comparison: PairedComparison?
    private let metric: String
    private let names: (first: String, second: String)
    private let level: Double
    private var largest = 0.0
    private var seen = 0

    /// Records from which the bound is learned.
    private static let learned = 200
    /// How many times the largest difference among them the bound is.
    private static let room = 4.0

    init(_ criterion: Criterion, first: String, second: String, level: Double) {
        metric = criterion.words
        names = (first, second)
        self.level = level
        if let bound = criterion.bound { begin(bound) }
    }

    private mutating func begin(_ bound: Double) {
        comparison = PairedComparison(
            metric: metric, first: names.first, second: names.second, bound: bound, level: level)
    }

    mutating func add(_ first: Double, _ second: Double) {
        guard comparison == nil else {
            comparison?.add(first, second)
            return
        }
        seen += 1
        let difference = abs(first - second)
        if difference.isFinite, difference < 1e100 { largest = max(largest, difference) }
        guard seen >= Self.learned, largest > 0 else { return }
        begin(Self.room * largest)
    }
}
