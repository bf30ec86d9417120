internal import Synchronization

/// Until when a worker may wait for room in its producer: for ever, until whoever wants its tasks back says otherwise.
/// May be set from any thread.
package final class Patience: Sendable {
    private let deadline = Atomic<UInt64>(Double.infinity.bitPattern)
    private let clock: @Sendable () -> Double

    /// - Parameter clock: seconds that never step.
    package init(clock: @escaping @Sendable () -> Double) { self.clock = clock }

    package func end(at deadline: Double) { self.deadline.store(deadline.bitPattern, ordering: .releasing) }

    package func renew() { end(at: .infinity) }

    package var isOver: Bool { clock() > Double(bitPattern: deadline.load(ordering: .acquiring)) }
}
