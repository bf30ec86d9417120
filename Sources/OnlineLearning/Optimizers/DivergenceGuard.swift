internal import Records

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Notices that steps are too long before the weights run away, and halves them.
///
/// An update is taken back where it makes the loss of the very record that it came from larger, and a thousand times what
/// losses usually are.
/// - Cost: O(1), allocates nothing.
struct DivergenceGuard: Equatable {
    static let largestGrowth = 1000.0
    private static let fading = 0.01
    /// A step size that was halved is what it was again after so many updates that were kept: a burst of odd records costs no
    /// more than that.
    private static let growth = pow(2, 1.0 / 1000)
    /// What is left of the step size; halved at every update that was taken back.
    private(set) var stepFactor = 1.0
    /// The moving average of losses, each counted as ten times the average at most, so that it doesn't run along with them.
    private(set) var usualLoss = 0.0

    init() {}

    /// - Parameters:
    ///   - before: the record's loss under the weights from which the update came.
    ///   - after: under those that it led to.
    func allows(before: Double, after: Double) -> Bool {
        after <= before || after <= Self.largestGrowth * (usualLoss > 0 ? usualLoss : before)
    }

    @inline(__always)
    mutating func note(_ loss: Double) {
        usualLoss = usualLoss > 0 ? usualLoss + Self.fading * (min(loss, 10 * usualLoss) - usualLoss) : loss
    }

    mutating func noteKept() {
        if stepFactor < 1 { stepFactor = min(stepFactor * Self.growth, 1) }
    }

    mutating func halve() { stepFactor = max(stepFactor / 2, 0x1p-60) }

    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix, doubles: [stepFactor, usualLoss])
    }

    init(restoring archive: StateArchive, _ name: String) throws(StateError) {
        let values = try archive.doubles(name, count: 2)
        guard values[0] > 0, values[0] <= 1, values[1].isFinite else {
            throw .impossible(name: name, reason: "no guard has this step factor or usual loss")
        }
        stepFactor = values[0]
        usualLoss = values[1]
    }
}
