package import Records

/// What a task's commits keep beside their position. The broker keeps this text with the commit, so the two can't come
/// apart, in a transaction as without one.
///
/// `millrace partitions=3 last=109@1700000000123 begun=0`; members that aren't known are passed over.
package struct CommitNote: Equatable, Sendable {
    /// Where the state began, from nothing, while no snapshot tells it: a first snapshot that can't be written must not stop
    /// the stream, but once offset 0 is gone, a position alone doesn't tell which records the state is made of.
    package var begun: NextOffset?
    /// How many partitions the features topic has: with another number, keys go to other tasks.
    package var partitions: Int
    /// The record that was read last. Where another one stands in its place, it is another topic by the same name.
    package var last: Mark?

    package struct Mark: Equatable, Sendable {
        package var offset: Int64
        /// Milliseconds since 1970, as the broker gave it.
        package var timestamp: Int64

        package init(offset: Int64, timestamp: Int64) {
            self.offset = offset
            self.timestamp = timestamp
        }
    }

    private static let name = "millrace"

    package init(partitions: Int, begun: NextOffset? = nil, last: Mark? = nil) {
        self.partitions = partitions
        self.begun = begun
        self.last = last
    }

    /// Nil for every text that isn't such a note: any other client may have committed.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.first == Substring(Self.name) else { return nil }
        var members: [Substring: Substring] = [:]
        for word in words.dropFirst() {
            guard let equals = word.firstIndex(of: "=") else { return nil }
            members[word[..<equals]] = word[word.index(after: equals)...]
        }
        guard let partitions = members["partitions"].flatMap({ Int($0) }), partitions > 0 else { return nil }
        self.init(partitions: partitions)
        if let text = members["begun"] {
            guard let offset = Int64(text), offset >= 0 else { return nil }
            begun = NextOffset(offset)
        }
        if let text = members["last"] {
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, let offset = Int64(parts[0]), offset >= 0, let timestamp = Int64(parts[1]) else {
                return nil
            }
            last = Mark(offset: offset, timestamp: timestamp)
        }
    }

    package var text: String {
        "\(Self.name) partitions=\(partitions)" + (last.map { " last=\($0.offset)@\($0.timestamp)" } ?? "")
            + (begun.map { " begun=\($0)" } ?? "")
    }
}
