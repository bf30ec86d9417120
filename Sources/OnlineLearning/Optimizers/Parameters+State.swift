internal import Records

extension Parameters {
    private static let parts = ["weights", "first", "second"]

    func save(to archive: inout StateArchive, under prefix: String) {
        for part in 0...configuration.kind.statesPerWeight {
            let name = "\(prefix)/\(Self.parts[part])"
            if rows == 1 {
                archive.put(name, floats: UnsafeBufferPointer(start: weights + part * stride, count: featureCount + 1))
                continue
            }
            let values = (0..<rows).flatMap { row in
                UnsafeBufferPointer(start: weights + part * stride + row * rowStride, count: featureCount + 1)
            }
            values.withUnsafeBufferPointer { archive.put(name, floats: $0, shape: [rows, featureCount + 1]) }
        }
        archive.put(prefix + "/updates", counters: [updates])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let updates = try archive.counters(prefix + "/updates", count: 1)[0]
        var planes: [[Float]] = []
        for part in 0...configuration.kind.statesPerWeight {
            let name = "\(prefix)/\(Self.parts[part])"
            let values = try archive.floats(name, count: rows * (featureCount + 1))
            for index in values.indices where !(abs(values[index]) < Self.largestMagnitude) {
                throw .impossible(name: name, reason: "element \(index) is \(values[index])")
            }
            planes.append(values)
        }
        for (part, values) in planes.enumerated() {
            values.withUnsafeBufferPointer { values in
                for row in 0..<rows {
                    let own = UnsafeBufferPointer(
                        rebasing: values[row * (featureCount + 1)..<(row + 1) * (featureCount + 1)])
                    _ = UnsafeMutableBufferPointer(start: weights + part * stride + row * rowStride, count: own.count)
                        .update(fromContentsOf: own)
                }
            }
        }
        self.updates = updates
    }
}
