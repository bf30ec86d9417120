public import Records

extension EDetector: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        first.save(to: &archive, under: "\(prefix)/first")
        reference.save(to: &archive, under: "\(prefix)/reference")
        inflation.save(to: &archive, under: "\(prefix)/inflation")
        archive.put("\(prefix)/flags", counters: [hasLearnedScaleAgain ? 1 : 0, hasReported ? 1 : 0])
        archive.put("\(prefix)/scale", doubles: [center, scale, inflated])
        archive.put(
            "\(prefix)/bets", doubles: [prices, capital, runs, sums].flatMap { part in (0..<8).map { part[$0] } })
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        var restored = EDetector(configuration)
        try restored.first.restore(from: archive, under: "\(prefix)/first")
        try restored.reference.restore(from: archive, under: "\(prefix)/reference")
        try restored.inflation.restore(from: archive, under: "\(prefix)/inflation")
        let flags = try archive.counters("\(prefix)/flags", count: 2)
        let scales = try archive.finite("\(prefix)/scale", count: 3)
        let bets = try archive.finite("\(prefix)/bets", count: 32)
        guard flags.allSatisfy({ $0 <= 1 }) else {
            throw .impossible(name: "\(prefix)/flags", reason: "one is neither 0 nor 1")
        }
        guard scales[1] >= 0, scales[2] >= 1 else {
            throw .impossible(name: "\(prefix)/scale", reason: "the scale is below 0 or the inflation below 1")
        }
        guard bets[16..<24].allSatisfy({ $0 >= 0 && $0 < 0x1p63 }) else {
            throw .impossible(name: "\(prefix)/bets", reason: "a run's length is no count")
        }
        restored.hasLearnedScaleAgain = flags[0] == 1
        restored.hasReported = flags[1] == 1
        (restored.center, restored.scale, restored.inflated) = (scales[0], scales[1], scales[2])
        for lane in 0..<8 {
            restored.prices[lane] = bets[lane]
            restored.capital[lane] = bets[8 + lane]
            restored.runs[lane] = bets[16 + lane]
            restored.sums[lane] = bets[24 + lane]
        }
        self = restored
    }
}
