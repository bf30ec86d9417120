internal import DriftDetection
public import Records

extension BaggingEnsemble where Member: ~Copyable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        archive.put(prefix + "/errors", doubles: [errors.sum, errors.records])
        generator.save(to: &archive, under: prefix + "/generator")
        members.save(to: &archive, under: prefix)
        for index in 0..<detectors.count { detectors[index].save(to: &archive, under: "\(prefix)/detector-\(index)") }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try TreeInput.counters(archive, prefix + "/counters")
        let kept = try archive.doubles(prefix + "/errors", count: 2)
        guard let errors = ErrorScale(sum: kept[0], records: kept[1]) else {
            throw .impossible(name: prefix + "/errors", reason: "below 0, or not finite")
        }
        var generator = self.generator
        try generator.restore(from: archive, under: prefix + "/generator")
        var restored = MemberArray(count: detectors.count) { [configuration] _ in
            ADWIN(ADWINConfiguration(delta: configuration.driftDelta))
        }
        for index in 0..<restored.count {
            try restored[index].restoreChecked(from: archive, under: "\(prefix)/detector-\(index)")
        }
        try members.restore(from: archive, under: prefix)
        detectors = restored
        self.generator = generator
        self.errors = errors
        (recordsLearned, updatesRefused) = counters
    }
}
