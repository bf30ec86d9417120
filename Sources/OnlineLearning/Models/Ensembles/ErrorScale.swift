/// How large the errors of a regression are of late, so that one can be told from the usual.
struct ErrorScale {
    private(set) var sum = 0.0
    private(set) var records = 0.0
    private static let fading = 0.999

    init() {}

    /// Out of a snapshot; nil where it can't be.
    init?(sum: Double, records: Double) {
        guard sum >= 0, records >= 0, sum <= 1e90, records <= 1e90 else { return nil }
        self.sum = sum
        self.records = records
    }

    /// The faded mean of the magnitudes; 0 before the first.
    var mean: Double { records > 0 ? sum / records : 0 }

    mutating func add(_ error: Double) {
        sum = Self.fading * sum + abs(error)
        records = Self.fading * records + 1
    }

    /// An error between 0 and 1, as ADWIN wants it: one of the usual size is in the middle.
    func relative(_ error: Double) -> Double {
        let size = abs(error)
        return size > 0 ? size / (size + mean) : 0
    }
}
