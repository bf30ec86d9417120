internal import Records

extension Vocabulary: Checkpointable {
    private static let numbers = 4

    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/records", counters: [records])
        var places: [UInt64] = []
        places.reserveCapacity(entries.count * Self.numbers)
        for place in 0..<entries.count {
            let entry = entries[place]
            places += [entry.hash, entry.count, entry.last, UInt64(entry.column + 1)]
        }
        archive.put(prefix + "/values", counters: places)
        archive.put(prefix + "/freed", counters: (0..<columns.count).map { columns[$0].freed })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let records = try archive.counters(prefix + "/records", count: 1)[0]
        guard records < UInt64(Int64.max) else { throw .impossible(name: prefix + "/records", reason: "\(records)") }
        let numbers = try archive.counters(prefix + "/values", count: entries.count * Self.numbers)
        let freed = try archive.counters(prefix + "/freed", count: columns.count)
        let name = prefix + "/values"
        var places: [Entry] = []
        var owners = [Int](repeating: -1, count: columns.count)
        for place in 0..<entries.count {
            let first = place * Self.numbers
            let entry = Entry(
                hash: numbers[first], count: numbers[first + 1], last: numbers[first + 2],
                column: (Int(exactly: numbers[first + 3]) ?? .max) - 1)
            guard entry.column < columns.count, entry.last <= records, entry.count <= records else {
                throw .impossible(name: name, reason: "row \(place) is out of range")
            }
            if entry.hash != 0 {
                let group = places.count / Self.group * Self.group
                guard firstPlace(of: entry.hash) == group, !places[group...].contains(where: { $0.hash == entry.hash })
                else { throw .impossible(name: name, reason: "row \(place) is out of place") }
            }
            if entry.column >= 0 {
                guard entry.hash != 0, owners[entry.column] < 0 else {
                    throw .impossible(name: name, reason: "row \(place) has a column that isn't its own")
                }
                owners[entry.column] = place
            }
            places.append(entry)
        }
        guard freed.allSatisfy({ $0 <= records }) else {
            throw .impossible(name: prefix + "/freed", reason: "a record that hasn't come")
        }
        self.records = records
        entries.base.update(from: places, count: places.count)
        for column in 0..<columns.count { columns[column] = Column(entry: owners[column], freed: freed[column]) }
    }
}
