public import Records

extension DistributionWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(filled), UInt64(collected), UInt64(oldest)])
        archive.put("\(prefix)/reference", doubles: UnsafeBufferPointer(rebasing: reference[..<filled]))
        archive.put("\(prefix)/ring", doubles: UnsafeBufferPointer(rebasing: ring[..<min(filled, ring.count)]))
        archive.put("\(prefix)/current", doubles: UnsafeBufferPointer(rebasing: current[..<collected]))
        archive.put("\(prefix)/counted", doubles: verdict == nil ? [] : Array(row(1)))
        archive.put("\(prefix)/verdict", doubles: verdict.map(\.numbers) ?? [])
        inflation.save(to: &archive, under: "\(prefix)/inflation")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 3)
        guard counters[0] <= UInt64(reference.count), counters[1] < UInt64(current.count),
            counters[2] < UInt64(max(1, ring.count)), counters[1] == 0 || counters[0] == UInt64(reference.count)
        else { throw .impossible(name: "\(prefix)/counters", reason: "they don't fit the reference and the window") }
        let newFilled = Int(counters[0])
        let newReference = try archive.signalValues("\(prefix)/reference", count: newFilled)
        let newRing = try archive.signalValues("\(prefix)/ring", count: min(newFilled, ring.count))
        let newCurrent = try archive.signalValues("\(prefix)/current", count: Int(counters[1]))
        let newVerdict = try DistributionVerdict.restored(from: archive, "\(prefix)/verdict")
        if newVerdict != nil && newFilled < reference.count {
            throw .impossible(name: "\(prefix)/verdict", reason: "there is a verdict before the reference is whole")
        }
        var newInflation = VarianceInflation()
        try newInflation.restore(from: archive, under: "\(prefix)/inflation")
        var newBins = SignalBins(configuration.kind)
        if newFilled == reference.count {
            guard zip(newReference, newReference.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                throw .impossible(name: "\(prefix)/reference", reason: "it is whole and isn't sorted")
            }
            // Cut from the reference as it was saved: its bins say how many counts there are.
            newReference.withUnsafeBufferPointer { values in
                newBins.cut(values, present: Self.moments(values).present)
            }
        }
        let counted = try archive.finite("\(prefix)/counted", count: newVerdict == nil ? 0 : newBins.count)
        guard counted.allSatisfy({ $0 >= 0 }), newVerdict == nil || counted.reduce(0, +) == Double(current.count) else {
            throw .impossible(name: "\(prefix)/counted", reason: "the counts aren't those of a window")
        }
        (filled, collected, oldest) = (newFilled, Int(counters[1]), Int(counters[2]))
        _ = reference.update(fromContentsOf: newReference)
        _ = ring.update(fromContentsOf: newRing)
        _ = current.update(fromContentsOf: newCurrent)
        verdict = newVerdict
        inflation = newInflation
        if isReady { settle() }
        for (bin, count) in counted.enumerated() { counts[rowLength + bin] = count }
    }
}

extension StateArchive {
    /// Values of a signal as they are kept: finite, or infinite for missing.
    func signalValues(_ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try doubles(name, count: count)
        guard values.allSatisfy({ $0.isWatchable || $0 == .infinity }) else {
            throw .impossible(name: name, reason: "a value is neither finite nor missing")
        }
        return values
    }
}

extension DistributionVerdict {
    var numbers: [Double] { [statistic, threshold, pValue, effect, minimumEffect, meanShift] }

    /// Nil where none was saved.
    static func restored(from archive: StateArchive, _ name: String) throws(StateError) -> DistributionVerdict? {
        let numbers = try archive.doubles(name)
        guard !numbers.isEmpty else { return nil }
        let checked = try archive.finite(name, count: 6)
        guard checked[..<5].allSatisfy({ $0 >= 0 }), checked[2] <= 1 else {
            throw .impossible(name: name, reason: "a number is below 0, or a chance above 1")
        }
        return DistributionVerdict(
            statistic: checked[0], threshold: checked[1], pValue: checked[2], effect: checked[3],
            minimumEffect: checked[4], meanShift: checked[5])
    }
}
