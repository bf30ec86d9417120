public import Records

extension SoftmaxModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        guarding.save(to: &archive, under: prefix + "/guard")
        guard configuration.batch > 1 else { return }
        archive.put(
            prefix + "/batch", floats: UnsafeBufferPointer(start: gradient.base, count: gradient.count),
            shape: [classes, parameters.rowStride])
        archive.put(prefix + "/batch-norm", doubles: [batchNorm])
    }

    /// - Throws: `StateError` where a part is missing, of another count, or isn't finite; nothing has changed then.
    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let guarding = try DivergenceGuard(restoring: archive, prefix + "/guard")
        var sums: [Float] = []
        var norm = 0.0
        if configuration.batch > 1 {
            sums = try archive.floats(prefix + "/batch", count: gradient.count)
            norm = try archive.doubles(prefix + "/batch-norm", count: 1)[0]
            guard norm.isFinite && norm >= 0 && sums.allSatisfy(\.isFinite) else {
                throw .impossible(name: prefix + "/batch", reason: "not all of it is finite")
            }
        }
        try parameters.restore(from: archive, under: prefix)
        gradient.base.update(from: sums, count: sums.count)
        batchNorm = norm
        self.guarding = guarding
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
