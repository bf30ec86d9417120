internal import OnlineLearning
package import Records
internal import Settings

/// Entries by kind, each in the order in which they came to it; blocks and slots are the memory's own affair.
extension LabelJoin: Checkpointable {
    package func save(to archive: inout StateArchive, under prefix: String) {
        counters.save(to: &archive, under: prefix)
        clock.save(to: &archive, under: prefix)
        delays.save(to: &archive, under: prefix)
        estimate.save(to: &archive, under: "\(prefix)/estimate")
        var rows: [UInt64] = []
        var bytes: [UInt8] = []
        rows.reserveCapacity(table.count * JoinEntry.columnCount)
        for kind in JoinEntry.Kind.allCases {
            var slot = table.oldest(kind)
            while slot >= 0 {
                rows += table[slot].columns
                table.appendBytes(of: slot, to: &bytes)
                slot = table[slot].newer
            }
        }
        rows.withUnsafeBufferPointer {
            archive.put("\(prefix)/entries", counters: $0, shape: [table.count, JoinEntry.columnCount])
        }
        archive.put("\(prefix)/bytes", bytes: bytes)
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try counters.restore(from: archive, under: prefix)
        try clock.restore(from: archive, under: prefix)
        try delays.restore(from: archive, under: prefix)
        try estimate.restore(from: archive, under: "\(prefix)/estimate")
        let rows = try archive.counters("\(prefix)/entries")
        let bytes = try archive.bytes("\(prefix)/bytes")
        table.removeAll()
        var start = 0
        for row in 0..<rows.count / JoinEntry.columnCount {
            let columns = rows[row * JoinEntry.columnCount..<(row + 1) * JoinEntry.columnCount]
            guard let entry = JoinEntry(columns: columns), shape.fits(entry), entry.deadline >= 0,
                entry.deadline <= clock.now + settings.waitMilliseconds, start + entry.byteCount <= bytes.count
            else { throw .impossible(name: "\(prefix)/entries", reason: "row \(row) is no entry of this pipeline") }
            try add(entry, bytes[start..<start + entry.byteCount], named: "\(prefix)/entries")
            start += entry.byteCount
        }
        guard rows.count % JoinEntry.columnCount == 0, start == bytes.count else {
            throw .impossible(name: "\(prefix)/bytes", reason: "they aren't those of the entries")
        }
        guard addsUp else {
            throw .impossible(name: "\(prefix)/counters", reason: "they don't add up with what waits")
        }
    }

    private mutating func add(_ entry: JoinEntry, _ bytes: ArraySlice<UInt8>, named name: String) throws(StateError) {
        guard table.count(entry.kind) < limit(entry.kind), table.memory.hasRoom(for: entry.byteCount) else {
            throw .impossible(name: name, reason: "there are more than `labels` allows")
        }
        let last = table.newest(entry.kind)
        guard last < 0 || table[last].deadline <= entry.deadline else {
            throw .impossible(name: name, reason: "they aren't in the order in which they end")
        }
        let isNew = bytes.withUnsafeBytes { bytes in
            let id = UnsafeRawBufferPointer(rebasing: bytes[..<Int(entry.idLength)])
            guard table.find(id) < 0 else { return false }
            var (_, cursor) = table.add(entry, id: id)
            table.memory.write(UnsafeRawBufferPointer(rebasing: bytes[id.count...]), at: &cursor)
            return true
        }
        guard isNew else { throw .impossible(name: name, reason: "an id stands there twice") }
        guard shape.fits(load(table.newest(entry.kind)).input) else {
            throw .impossible(name: name, reason: "an input isn't finite, or not of this pipeline")
        }
    }
}
