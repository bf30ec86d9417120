public import Records

extension LinearModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        guarding.save(to: &archive, under: prefix + "/guard")
        if configuration.target == .regression {
            let known = targetStatistics
            archive.put(prefix + "/target", doubles: [known.count, known.mean, known.spread, known.extreme])
        }
        if configuration.batch > 1 {
            archive.put(
                prefix + "/batch",
                floats: UnsafeBufferPointer(start: gradient.base, count: configuration.featureCount + 1))
            archive.put(prefix + "/batch-norm", doubles: [batchNorm])
        }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        // Snapshots of the first version have none.
        let name = prefix + "/guard"
        let guarding = archive[name] == nil ? DivergenceGuard() : try DivergenceGuard(restoring: archive, name)
        var statistics = FeatureStatistics()
        if configuration.target == .regression {
            statistics = try FeatureStatistics(
                restoring: archive, prefix + "/target", of: configuration.targetScaling)
        }
        var norm = 0.0
        var sums: [Float] = []
        if configuration.batch > 1 {
            sums = try archive.floats(prefix + "/batch", count: configuration.featureCount + 1)
            norm = try archive.doubles(prefix + "/batch-norm", count: 1)[0]
        }
        try parameters.restore(from: archive, under: prefix)
        gradient.base.update(from: sums, count: sums.count)
        batchNorm = norm
        self.guarding = guarding
        targetStatistics = statistics
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
