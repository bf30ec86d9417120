public import Records

extension RecurrentModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        target.save(to: &archive, under: prefix)
        guard configuration.batch > 1 else { return }
        let count = pending > 0 ? parameters.count : 0
        archive.put(prefix + "/gradient", floats: UnsafeBufferPointer(start: parameters.gradient.base, count: count))
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let statistics = try target.statistics(from: archive, under: prefix)
        var gradient: [Float] = []
        if configuration.batch > 1 {
            let isPending = counters[0] % UInt64(configuration.batch) > 0
            gradient = try archive.floats(prefix + "/gradient", count: isPending ? parameters.count : 0)
            guard gradient.allSatisfy(\.isFinite) else {
                throw .impossible(name: prefix + "/gradient", reason: "not all of it is finite")
            }
        }
        try parameters.restore(from: archive, under: prefix)
        parameters.gradient.base.update(from: gradient, count: gradient.count)
        target.statistics = statistics
        recordsLearned = counters[0]
        updatesRefused = counters[1]
        forwarded[0] = 0
    }
}
