internal import DriftDetection
internal import Records

extension ForestMember {
    func save(to archive: inout StateArchive, under prefix: String) {
        tree.save(to: &archive, under: prefix + "/tree")
        archive.put(prefix + "/has-successor", bytes: [successor == nil ? 0 : 1])
        successor?.save(to: &archive, under: prefix + "/successor")
        warning.save(to: &archive, under: prefix + "/warning")
        drift.save(to: &archive, under: prefix + "/drift")
        generator.save(to: &archive, under: prefix + "/generator")
        archive.put(prefix + "/losses", doubles: [loss, records])
    }

    /// Takes what it can; a member that throws is of no use any more.
    mutating func restore(
        from archive: StateArchive, under prefix: String, _ configuration: AdaptiveRandomForestConfiguration
    ) throws(StateError) {
        try tree.restore(from: archive, under: prefix + "/tree")
        let hasSuccessor = try archive.bytes(prefix + "/has-successor")
        guard hasSuccessor == [0] || hasSuccessor == [1] else {
            throw .impossible(name: prefix + "/has-successor", reason: "neither yes nor no")
        }
        successor = nil
        if hasSuccessor == [1] {
            var grown = Self.plant(configuration, stepSize, seed: 0)
            try grown.restore(from: archive, under: prefix + "/successor")
            successor = consume grown
        }
        try warning.restoreChecked(from: archive, under: prefix + "/warning")
        try drift.restoreChecked(from: archive, under: prefix + "/drift")
        try generator.restore(from: archive, under: prefix + "/generator")
        let losses = try archive.doubles(prefix + "/losses", count: 2)
        guard losses.allSatisfy({ $0 >= 0 && $0 <= 1e90 }) else {
            throw .impossible(name: prefix + "/losses", reason: "below 0, or not finite")
        }
        (loss, records) = (losses[0], losses[1])
    }
}
