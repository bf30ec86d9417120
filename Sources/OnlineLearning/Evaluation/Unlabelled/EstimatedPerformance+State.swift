public import Records

extension EstimatedPerformance: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        if kind == .values {
            errors.save(to: &archive, under: prefix + "/errors")
        } else {
            calibrator.save(to: &archive, under: prefix + "/calibrator")
        }
        waitingScores.save(to: &archive, under: prefix + "/waiting")
        let sums = [compared.weight, compared.expected[0], compared.expected[1], compared.came[0], compared.came[1]]
        archive.put(prefix + "/compared", doubles: sums + [worth])
        archive.put(prefix + "/labels", counters: [labels])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let sums = try archive.sums(prefix + "/compared", count: 6)
        guard sums[5] >= 1 else {
            throw .impossible(name: prefix + "/compared", reason: "a label is worth 1 or more")
        }
        labels = try archive.counters(prefix + "/labels", count: 1)[0]
        if kind == .values {
            try errors.restore(from: archive, under: prefix + "/errors")
        } else {
            try calibrator.restore(from: archive, under: prefix + "/calibrator")
        }
        try waitingScores.restore(from: archive, under: prefix + "/waiting")
        compared = Comparison(weight: sums[0], expected: SIMD2(sums[1], sums[2]), came: SIMD2(sums[3], sums[4]))
        worth = sums[5]
    }
}
