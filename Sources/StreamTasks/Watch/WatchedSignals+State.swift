internal import DriftDetection
internal import Records

extension WatchedSignals: Checkpointable {
    /// Where nothing is watched, nothing is written.
    func save(to archive: inout StateArchive, under prefix: String) {
        guard !isEmpty else { return }
        desk.save(to: &archive, under: "\(prefix)/desk")
        places.save(to: &archive, under: "\(prefix)/places")
        archive.put("\(prefix)/fired", counters: fired.map { $0 ? 1 : 0 })
        for index in evidences.indices { evidences[index].save(to: &archive, under: "\(prefix)/evidence/\(index)") }
        for index in distributions.indices {
            distributions[index].save(to: &archive, under: "\(prefix)/distribution/\(index)")
        }
        for index in detectors.indices { detectors[index].save(to: &archive, under: "\(prefix)/detector/\(index)") }
        for index in exceedances.indices {
            exceedances[index].save(to: &archive, under: "\(prefix)/exceedance/\(index)")
        }
        for index in joints.indices { joints[index].save(to: &archive, under: "\(prefix)/joint/\(index)") }
        if !quality.isEmpty {
            counters.save(to: &archive, under: "\(prefix)/quality")
            archive.put("\(prefix)/newest", doubles: UnsafeBufferPointer(newest))
        }
        guard !distributions.isEmpty else { return }
        archive.put("\(prefix)/effects", doubles: UnsafeBufferPointer(lastEffects))
        association.save(to: &archive, under: "\(prefix)/association")
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        guard !isEmpty else { return }
        try desk.restore(from: archive, under: "\(prefix)/desk")
        try places.restore(from: archive, under: "\(prefix)/places")
        let flags = try archive.counters("\(prefix)/fired", count: fired.count)
        for index in fired.indices { fired[index] = flags[index] != 0 }
        for index in evidences.indices {
            try evidences[index].restore(from: archive, under: "\(prefix)/evidence/\(index)")
        }
        for index in distributions.indices {
            try distributions[index].restore(from: archive, under: "\(prefix)/distribution/\(index)")
        }
        for index in detectors.indices {
            try detectors[index].restore(from: archive, under: "\(prefix)/detector/\(index)")
        }
        for index in exceedances.indices {
            try exceedances[index].restore(from: archive, under: "\(prefix)/exceedance/\(index)")
        }
        for index in joints.indices { try joints[index].restore(from: archive, under: "\(prefix)/joint/\(index)") }
        if !quality.isEmpty {
            try counters.restore(from: archive, under: "\(prefix)/quality")
            let means = try archive.doubles("\(prefix)/newest", count: newest.count)
            guard means.allSatisfy({ !$0.isInfinite }) else {
                throw .impossible(name: "\(prefix)/newest", reason: "a mean is infinite")
            }
            _ = newest.update(fromContentsOf: means)
        }
        guard !distributions.isEmpty else { return }
        let effects = try archive.effects("\(prefix)/effects", count: lastEffects.count)
        _ = lastEffects.update(fromContentsOf: effects)
        try association.restore(from: archive, under: "\(prefix)/association")
    }
}
