/// Which of a worker's two transactions fills, how far the other one's end has come, and whether either is lost. A pure
/// machine: the pair of producers does what it says.
///
/// Outputs of the filling one wait while the ending one flushes, so that they stand behind its outputs in every
/// partition; its offsets go in only when the ending one has committed, so that they never go back.
package struct TransactionTurns: Equatable, Sendable {
    package enum Ending: Equatable, Sendable {
        case none
        /// Its outputs are on their way.
        case flushing
        /// All of them are acknowledged; its offsets and its end are not.
        case committing
    }

    /// 0 or 1: the producer that new outputs go to.
    package private(set) var filling = 0
    package private(set) var ending = Ending.none
    /// The filling one has an output.
    package private(set) var isOpen = false
    /// Something of either failed, or neither was ever begun: nothing goes on before both are renewed.
    package private(set) var isLost = true

    package init() {}

    /// Whether an output has to wait for the other transaction's last acknowledgement.
    package var outputsWait: Bool { ending == .flushing }

    /// Whether the filling transaction may be ended now.
    package var mayCut: Bool { isOpen && ending == .none && !isLost }

    package mutating func opened() { isOpen = true }

    /// The filling one ends, the other one fills.
    /// - Returns: the producer whose transaction ends; nil where none may.
    package mutating func cut() -> Int? {
        guard mayCut else { return nil }
        ending = .flushing
        isOpen = false
        defer { filling = 1 - filling }
        return filling
    }

    package mutating func delivered() { if ending == .flushing { ending = .committing } }

    package mutating func committed() { ending = .none }

    /// The one that was to end is through, and lost.
    package mutating func endFailed() {
        ending = .none
        failed()
    }

    /// What fails takes the other one with it: its records follow on those that are lost.
    package mutating func failed() { isLost = true }

    /// Both producers are fresh; the one that ended is known to have ended or to be undone.
    package mutating func renewed() {
        self = TransactionTurns()
        isLost = false
    }
}
