internal import Records

extension ObservationWindow {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/scores", doubles: UnsafeBufferPointer(scores.values))
        archive.put(prefix + "/labels", doubles: UnsafeBufferPointer(labels.values))
        archive.put(prefix + "/weights", doubles: UnsafeBufferPointer(weights.values))
        archive.put(prefix + "/flags", bytes: Array(flags.values))
        if predicted.count > 0 {
            archive.put(prefix + "/predicted", counters: UnsafeBufferPointer(predicted.values))
            archive.put(prefix + "/probabilities", doubles: probabilities.values.flatMap { [$0[0], $0[1]] })
        }
        if segments.count > 0 { archive.put(prefix + "/segments", bytes: Array(segments.values)) }
        archive.put(prefix + "/added", counters: [added])
    }

    /// - Parameter otherSegment: the last number that a segment can have, which stands for any other one.
    mutating func restore(
        from archive: StateArchive, under prefix: String, otherSegment: Int
    ) throws(StateError) {
        let bytes = try archive.bytes(prefix + "/flags", count: flags.count)
        let added = try archive.counters(prefix + "/added", count: 1)[0]
        let seen = try archive.finite(prefix + "/labels", count: labels.count)
        let said = try archive.finite(prefix + "/scores", count: scores.count)
        let heavy = try archive.sums(prefix + "/weights", count: weights.count)
        let classes = kind.classCount
        guard classes == 0 || seen.allSatisfy({ $0 == $0.rounded() && 0..<Double(classes) ~= $0 }) else {
            throw .impossible(name: prefix + "/labels", reason: "there are \(classes) classes")
        }
        flags.base.update(from: bytes, count: bytes.count)
        if predicted.count > 0 { try restoreProbabilities(from: archive, under: prefix) }
        if segments.count > 0 { try restoreSegments(from: archive, under: prefix, other: otherSegment) }
        scores.base.update(from: said, count: said.count)
        weights.base.update(from: heavy, count: heavy.count)
        labels.base.update(from: seen, count: seen.count)
        self.added = added
        next = Int(added % UInt64(flags.count))
    }

    /// In a snapshot from before the probabilities they aren't known, and neither are the ranks.
    private func restoreProbabilities(from archive: StateArchive, under prefix: String) throws(StateError) {
        let said = try archive.counters(prefix + "/predicted", count: predicted.count)
        guard said.allSatisfy({ $0 < UInt64(kind.classCount) }) else {
            throw .impossible(name: prefix + "/predicted", reason: "there are \(kind.classCount) classes")
        }
        guard flags.values.allSatisfy({ Int($0 >> 2) <= Observation.ranks + 1 }) else {
            throw .impossible(name: prefix + "/flags", reason: "a rank is at most \(Observation.ranks)")
        }
        let known = try archive.laterSums(prefix + "/probabilities", count: 2 * probabilities.count)
        predicted.base.update(from: said, count: said.count)
        for index in 0..<probabilities.count {
            probabilities[index] = SIMD2(known[2 * index], known[2 * index + 1])
        }
    }

    /// In a snapshot from before the segments all records are in the other one.
    private func restoreSegments(from archive: StateArchive, under prefix: String, other: Int) throws(StateError) {
        let name = prefix + "/segments"
        guard archive[name] != nil else { return segments.base.update(repeating: UInt8(other), count: segments.count) }
        let held = try archive.bytes(name, count: segments.count)
        guard held.allSatisfy({ Int($0) <= other }) else {
            throw .impossible(name: name, reason: "there are \(other) segments and the other one")
        }
        segments.base.update(from: held, count: held.count)
    }
}

extension StateArchive {
    fileprivate func bytes(_ name: String, count: Int) throws(StateError) -> [UInt8] {
        let values = try bytes(name)
        guard values.count == count else { throw .wrongCount(name: name, found: values.count, expected: count) }
        return values
    }
}
