public import Records

extension HalfSpaceTrees {
    /// The questions aren't written: the configuration's seed gives them again. Snapshots that have the masses as `reference` were made
    /// when other questions came of a seed, and are refused.
    public func save(to archive: inout StateArchive, under prefix: String) {
        let shape = [configuration.trees, 1 << configuration.height]
        archive.put(prefix + "/earlier", floats: UnsafeBufferPointer(mass.reference.values), shape: shape)
        archive.put(prefix + "/latest", floats: UnsafeBufferPointer(mass.latest.values), shape: shape)
        archive.put(prefix + "/densities", floats: UnsafeBufferPointer(mass.densities.values), shape: shape)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        archive.put(prefix + "/is-judging", bytes: [isJudging ? 1 : 0])
        archive.put(prefix + "/threshold", doubles: [threshold])
        quantile.save(to: &archive, under: prefix + "/scores")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let count = mass.reference.count
        let reference = try masses(archive, prefix + "/earlier", count)
        let latest = try masses(archive, prefix + "/latest", count)
        let densities = try masses(archive, prefix + "/densities", count)
        let counters = try TreeInput.counters(archive, prefix + "/counters")
        let judging = try archive.bytes(prefix + "/is-judging")
        guard judging == [0] || judging == [1] else {
            throw .impossible(name: prefix + "/is-judging", reason: "neither yes nor no")
        }
        let threshold = try archive.doubles(prefix + "/threshold", count: 1)[0]
        guard (0...1).contains(threshold) else {
            throw .impossible(name: prefix + "/threshold", reason: "a score lies between 0 and 1")
        }
        try quantile.restore(from: archive, under: prefix + "/scores")
        mass.reference.base.update(from: reference, count: count)
        mass.latest.base.update(from: latest, count: count)
        mass.densities.base.update(from: densities, count: count)
        (recordsLearned, updatesRefused) = counters
        isJudging = judging == [1]
        self.threshold = threshold
    }

    private func masses(_ archive: StateArchive, _ name: String, _ count: Int) throws(StateError) -> [Float] {
        let values = try archive.floats(name, count: count)
        guard values.allSatisfy({ $0 >= 0 && $0 <= 1e20 }) else {
            throw .impossible(name: name, reason: "a mass below 0, or not finite")
        }
        return values
    }
}
