internal import DriftDetection
internal import Records

/// What a `JointWatch` is made of.
struct JointPlan {
    var configuration: MeanDiscrepancyConfiguration
    /// The watched numbers, by their places among a row's columns.
    var columns: [Int]
    var every: Int
}

/// Several features of a row held together against the reference.
///
/// - Shape: rows in, a verdict at a window's end. A missing number counts as its column's centre. Cost: that of
///   `MeanDiscrepancyWatch`; memory is made at init.
struct JointWatch: ~Copyable {
    /// Its place among the desk's signals, and how many records give one row.
    let signal: Int
    let every: UInt64
    private let columns: [Int]
    private let values: UnsafeMutableBufferPointer<Float>
    private(set) var watch: MeanDiscrepancyWatch
    /// A window ago; negative before the first.
    private var lastEffect = -1.0

    init(_ plan: JointPlan, signal: Int) {
        self.signal = signal
        every = UInt64(plan.every)
        columns = plan.columns
        values = .allocate(capacity: plan.columns.count)
        values.initialize(repeating: .nan)
        watch = MeanDiscrepancyWatch(plan.configuration)
    }

    deinit { values.deallocate() }

    /// - Parameter row: all columns of it.
    /// - Returns: true where a window ends with it.
    mutating func observe(_ row: UnsafeBufferPointer<Float>) -> Bool {
        for index in 0..<columns.count { values[index] = row[columns[index]] }
        return watch.observe(UnsafeBufferPointer(values))
    }

    /// What the window that has just ended says, once.
    mutating func endWindow() -> SignalVerdict? {
        guard var verdict = watch.signalVerdict else { return nil }
        verdict.hasSettled = verdict.standsStill(since: lastEffect)
        lastEffect = verdict.effect
        return verdict
    }

    mutating func learnAfresh() {
        watch.learnAfresh()
        lastEffect = -1
    }
}

extension JointWatch: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        watch.save(to: &archive, under: prefix)
        archive.put("\(prefix)/effect", doubles: [lastEffect])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let effect = try archive.effects("\(prefix)/effect", count: 1)[0]
        try watch.restore(from: archive, under: prefix)
        lastEffect = effect
    }
}
