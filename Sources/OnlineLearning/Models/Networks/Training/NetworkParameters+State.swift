internal import Records

extension NetworkParameters {
    private static let parts = ["weights", "first", "second"]

    func save(to archive: inout StateArchive, under prefix: String) {
        for part in 0...states {
            let values = UnsafeBufferPointer(start: weights + part * stride, count: count)
            archive.put("\(prefix)/\(Self.parts[part])", floats: values)
        }
        archive.put(prefix + "/updates", counters: [updates])
        divergence.save(to: &archive, under: prefix + "/divergence")
    }

    /// Writes a snapshot's numbers beside those that are, once all of them are known to be sound; `accept` isn't called.
    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let updates = try archive.counters(prefix + "/updates", count: 1)[0]
        let divergence = try DivergenceGuard(restoring: archive, prefix + "/divergence")
        var planes: [[Float]] = []
        for part in 0...states {
            let name = "\(prefix)/\(Self.parts[part])"
            let values = try archive.floats(name, count: count)
            for index in values.indices where !(abs(values[index]) < Self.largestMagnitude) {
                throw .impossible(name: name, reason: "element \(index) is \(values[index])")
            }
            planes.append(values)
        }
        for (part, values) in planes.enumerated() {
            (weights + part * stride).update(from: values, count: values.count)
        }
        self.updates = updates
        self.divergence = divergence
    }
}
