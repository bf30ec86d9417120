internal import Records

/// Nothing is written where nothing is chosen.
extension ColumnSelector: Checkpointable {
    func save(to archive: inout StateArchive, under prefix: String) {
        guard isActive else { return }
        archive.put(prefix + "/records", counters: [records])
        archive.put(prefix + "/moments", doubles: UnsafeBufferPointer(moments.numbers.values), shape: [3, columns])
        archive.put(prefix + "/label", doubles: UnsafeBufferPointer(labelMoments.numbers.values))
        archive.put(prefix + "/joint", doubles: UnsafeBufferPointer(joint.values))
        archive.put(prefix + "/kept", floats: UnsafeBufferPointer(kept.values))
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        guard isActive else { return }
        let records = try archive.counters(prefix + "/records", count: 1)[0]
        let moments = try Self.finite(archive, prefix + "/moments", count: 3 * columns)
        let label = try Self.finite(archive, prefix + "/label", count: 3)
        let joint = try Self.finite(archive, prefix + "/joint", count: self.joint.count)
        let kept = try archive.floats(prefix + "/kept", count: columns)
        guard kept.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw .impossible(name: prefix + "/kept", reason: "a column is neither kept nor left out")
        }
        guard records < UInt64(Int64.max) else { throw .impossible(name: prefix + "/records", reason: "\(records)") }
        self.records = records
        self.moments.numbers.base.update(from: moments, count: moments.count)
        labelMoments.numbers.base.update(from: label, count: label.count)
        self.joint.base.update(from: joint, count: joint.count)
        self.kept.base.update(from: kept, count: kept.count)
    }

    private static func finite(_ archive: StateArchive, _ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try archive.doubles(name, count: count)
        for index in values.indices where !values[index].isFinite {
            throw .impossible(name: name, reason: "element \(index) is \(values[index])")
        }
        return values
    }
}
