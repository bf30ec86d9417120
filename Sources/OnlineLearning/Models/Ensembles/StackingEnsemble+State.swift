public import Records

extension StackingEnsemble where Member: ~Copyable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        archive.put(prefix + "/errors", doubles: [errors.sum, errors.records])
        archive.put(prefix + "/weights", doubles: UnsafeBufferPointer(weights.values))
        members.save(to: &archive, under: prefix)
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try TreeInput.counters(archive, prefix + "/counters")
        let kept = try archive.doubles(prefix + "/errors", count: 2)
        guard let errors = ErrorScale(sum: kept[0], records: kept[1]) else {
            throw .impossible(name: prefix + "/errors", reason: "below 0, or not finite")
        }
        let shares = try archive.doubles(prefix + "/weights", count: weights.count)
        guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }), abs(shares.reduce(0, +) - 1) < 1e-6 else {
            throw .impossible(name: prefix + "/weights", reason: "they aren't shares of a whole")
        }
        try members.restore(from: archive, under: prefix)
        weights.base.update(from: shares, count: weights.count)
        self.errors = errors
        (recordsLearned, updatesRefused) = counters
    }
}
