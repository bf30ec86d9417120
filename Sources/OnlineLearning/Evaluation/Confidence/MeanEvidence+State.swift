internal import Records

extension MeanEvidence {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: sums.values.flatMap(Self.elements))
        archive.put(name + "/means", doubles: [ended, expected, spread].flatMap(Self.elements) + [heaviest])
        archive.put(name + "/counts", counters: [UInt64(open), inOpen, length, records])
    }

    /// A snapshot from before it begins it anew.
    mutating func restore(from archive: StateArchive, under name: String) throws(StateError) {
        guard archive[name] != nil else {
            self = MeanEvidence()
            return
        }
        let values = try archive.finite(name, count: 4 * Self.batches)
        let means = try archive.finite(name + "/means", count: 13)
        let counts = try archive.counters(name + "/counts", count: 4)
        guard counts[0] < UInt64(Self.batches), counts[1] < counts[2], counts[2].nonzeroBitCount == 1 else {
            throw .impossible(name: name + "/counts", reason: "of \(Self.batches) batches one is open and not full")
        }
        for batch in 0..<Self.batches { sums[batch] = SIMD4(values[(4 * batch)..<(4 * batch + 4)]) }
        ended = SIMD4(means[0..<4])
        expected = SIMD4(means[4..<8])
        spread = SIMD4(means[8..<12])
        heaviest = means[12]
        (open, inOpen, length, records) = (Int(counts[0]), counts[1], counts[2], counts[3])
    }

    private static func elements(_ vector: SIMD4<Double>) -> [Double] { (0..<4).map { vector[$0] } }
}
