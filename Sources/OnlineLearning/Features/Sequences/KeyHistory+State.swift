internal import Records

extension KeyHistory: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        let all = entries.values
        archive.put(prefix + "/records", counters: [records])
        archive.put(prefix + "/keys", counters: all.map(\.hash))
        archive.put(prefix + "/last", counters: all.map(\.last))
        archive.put(prefix + "/counts", counters: all.map(\.count))
        archive.put(
            prefix + "/values", floats: UnsafeBufferPointer(values.values), shape: [entries.count, steps, width])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let total = try archive.counters(prefix + "/records", count: 1)[0]
        let hashes = try archive.counters(prefix + "/keys", count: entries.count)
        let last = try archive.counters(prefix + "/last", count: entries.count)
        let counts = try archive.counters(prefix + "/counts", count: entries.count)
        let floats = try archive.floats(prefix + "/values", count: values.count)
        guard floats.allSatisfy({ !$0.isInfinite }) else {
            throw .impossible(name: prefix + "/values", reason: "an infinite value, where none is accepted")
        }
        for place in 0..<entries.count {
            let isFree = hashes[place] == 0
            guard isFree ? last[place] == 0 && counts[place] == 0 : counts[place] > 0 && last[place] <= total else {
                throw .impossible(name: prefix + "/last", reason: "a key that came after the last record, or never")
            }
            guard isFree || firstPlace(of: hashes[place]) == place / Self.group * Self.group else {
                throw .impossible(name: prefix + "/keys", reason: "a key in a place that isn't its own")
            }
        }
        records = total
        for place in 0..<entries.count {
            entries[place] = Entry(hash: hashes[place], last: last[place], count: counts[place])
        }
        values.base.update(from: floats, count: floats.count)
    }
}
