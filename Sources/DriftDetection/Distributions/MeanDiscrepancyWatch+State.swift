public import Records

extension MeanDiscrepancyWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/counters", counters: [UInt64(scaled), UInt64(filled), UInt64(collected)])
        archive.put("\(prefix)/products", doubles: [products])
        archive.put("\(prefix)/scales", doubles: UnsafeBufferPointer(scales), shape: [2, configuration.dimensions])
        archive.put("\(prefix)/vectors", doubles: UnsafeBufferPointer(vectors), shape: [6, features.count])
        archive.put("\(prefix)/verdict", doubles: verdict.map(\.numbers) ?? [])
        inflation.save(to: &archive, under: "\(prefix)/inflation")
        windowInflation.save(to: &archive, under: "\(prefix)/window-inflation")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/counters", count: 3)
        guard counters[0] <= UInt64(configuration.scaleRows), counters[1] <= UInt64(configuration.reference),
            counters[2] < UInt64(configuration.window),
            counters[1] == 0 || counters[0] == UInt64(configuration.scaleRows),
            counters[2] == 0 || counters[1] == UInt64(configuration.reference)
        else { throw .impossible(name: "\(prefix)/counters", reason: "they don't fit the reference and the window") }
        let newProducts = try archive.finite("\(prefix)/products", count: 1)
        let newScales = try archive.finite("\(prefix)/scales", count: scales.count)
        let newVectors = try archive.finite("\(prefix)/vectors", count: vectors.count)
        guard newProducts[0] >= 0, newScales[configuration.dimensions...].allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: "\(prefix)/scales", reason: "a sum of squares is below 0")
        }
        let newVerdict = try DistributionVerdict.restored(from: archive, "\(prefix)/verdict")
        var (newInflation, newWindowInflation) = (VarianceInflation(), VarianceInflation())
        try newInflation.restore(from: archive, under: "\(prefix)/inflation")
        try newWindowInflation.restore(from: archive, under: "\(prefix)/window-inflation")
        (scaled, filled, collected) = (Int(counters[0]), Int(counters[1]), Int(counters[2]))
        products = newProducts[0]
        _ = scales.update(fromContentsOf: newScales)
        _ = vectors.update(fromContentsOf: newVectors)
        verdict = newVerdict
        (inflation, windowInflation) = (newInflation, newWindowInflation)
    }
}
