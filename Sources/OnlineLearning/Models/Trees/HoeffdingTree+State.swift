public import Records

extension HoeffdingTree {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        tree.save(to: &archive, under: prefix + "/tree")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try TreeInput.counters(archive, prefix + "/counters")
        try tree.restore(from: archive, under: prefix + "/tree")
        (recordsLearned, updatesRefused) = counters
    }
}
