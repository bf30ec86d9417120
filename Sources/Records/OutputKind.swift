/// The topics that a task writes to.
public enum OutputKind: Int, Sendable, CaseIterable {
    case prediction
    case drift
    case deadLetter
    case mix
}
