package import Records

/// What a task's commits keep beside their position while it has no snapshot: where its state began, from nothing.
///
/// A first snapshot that can't be written must not stop the stream. But once offset 0 is gone, a committed position alone
/// doesn't tell a later start which records the state is made of. The broker keeps this text with the commit, so the two
/// can't come apart, in a transaction as without one, and the records from there on give the state again.
package struct BeginningNote: Equatable, Sendable {
    package var begun: NextOffset

    private static let prefix = "millrace-begun:"

    package init(begun: NextOffset) { self.begun = begun }

    /// Nil for every text that isn't such a note: any other client may have committed.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let offset = Int64(text.dropFirst(Self.prefix.count)), offset >= 0 else {
            return nil
        }
        begun = NextOffset(offset)
    }

    package var text: String { Self.prefix + String(begun.rawValue) }
}
