/// The key of one record in a snapshots topic: `partition/snapshot/part`, as text.
///
/// A chunk is named by what the whole snapshot holds, so two writers of one position never mix their chunks:
/// `3/00000000000000045312/9f86d081884c7d65-000007`. There is one manifest a position: `3/00000000000000045312/manifest`.
package struct SnapshotKey: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case manifest
        /// - Parameters:
        ///   - content: the first 16 digits of the whole snapshot's SHA-256.
        ///   - number: from 0.
        case chunk(content: String, number: Int)
        /// A manifest that `--from-scratch` has put aside, with the offset that it had.
        case setAside(offset: Int64)
    }

    package var partition: Int32
    /// The records consumed that the snapshot stands for.
    package var records: UInt64
    package var part: Part

    package init(partition: Int32, records: UInt64, part: Part) {
        self.partition = partition
        self.records = records
        self.part = part
    }

    private static let manifest = "manifest"
    private static let setAside = "set-aside-"
    static let contentLength = 16

    package var text: String {
        let last =
            switch part {
            case .manifest: Self.manifest
            case .chunk(let content, let number): "\(content)-\(Self.padded(UInt64(max(number, 0)), to: 6))"
            case .setAside(let offset): "\(Self.setAside)\(offset)"
            }
        return "\(partition)/\(Self.padded(records, to: 20))/\(last)"
    }

    /// Nil for a key that no version has written: such a record is none of ours and is left alone.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        // The longest key there is takes 70 bytes.
        guard bytes.count <= 100 else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let partition = Int32(parts[0]), partition >= 0, parts[1].utf8.count == 20,
            let records = UInt64(parts[1]), let part = Self.part(String(parts[2]))
        else { return nil }
        self.init(partition: partition, records: records, part: part)
        // One way to write each key: no sign, no shorter or longer number.
        guard text.utf8.elementsEqual(bytes) else { return nil }
    }

    private static func part(_ text: String) -> Part? {
        if text == manifest { return .manifest }
        if text.hasPrefix(setAside) { return Int64(text.dropFirst(setAside.count)).map { .setAside(offset: $0) } }
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].utf8.count == contentLength, let number = Int(halves[1]) else { return nil }
        return .chunk(content: String(halves[0]), number: number)
    }

    static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
