/// The topics that a task writes to.
public enum OutputKind: Int, Sendable, CaseIterable {
    case prediction
    case drift
    case deadLetter
    case mix
    case journal

    /// Whether it goes to the partition of the task's own number, not where its key belongs.
    public var isOfTask: Bool { self == .mix || self == .journal }
}
