/// What the stream does about an error. Every error of a module says which of these it wants.
public enum Disposition: Sendable, Equatable {
    /// Passing: the same call again, later.
    case retry
    /// The record is refused: it goes to dead letters with the reason, and the stream goes on.
    case deadLetter
    /// The task's state is in doubt: back to the last commit, and replay.
    case restoreTask
    /// Nothing that the program can mend: stop and say why.
    case stop
}
