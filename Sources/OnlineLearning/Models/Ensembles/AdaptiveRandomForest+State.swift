public import Records

extension AdaptiveRandomForest {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        archive.put(prefix + "/errors", doubles: [errors.sum, errors.records])
        for index in 0..<members.count { members[index].save(to: &archive, under: "\(prefix)/\(index)") }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try TreeInput.counters(archive, prefix + "/counters")
        let kept = try archive.doubles(prefix + "/errors", count: 2)
        guard let errors = ErrorScale(sum: kept[0], records: kept[1]) else {
            throw .impossible(name: prefix + "/errors", reason: "below 0, or not finite")
        }
        var restored = MemberArray(count: configuration.trees) { [configuration] index in
            ForestMember(configuration, stepSize: configuration.stepSize(of: index), seed: 0)
        }
        for index in 0..<restored.count {
            try restored[index].restore(from: archive, under: "\(prefix)/\(index)", configuration)
        }
        members = restored
        (recordsLearned, updatesRefused) = counters
        self.errors = errors
    }
}
