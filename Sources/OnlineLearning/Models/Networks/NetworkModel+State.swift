public import Records

extension NetworkModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        target.save(to: &archive, under: prefix)
        guard configuration.batch > 1 else { return }
        let rows = row
        archive.put(
            prefix + "/batch-inputs",
            floats: UnsafeBufferPointer(start: stack.input(row: 0), count: rows * stack.inputs))
        archive.put(prefix + "/batch-targets", doubles: UnsafeBufferPointer(start: numbers.base, count: rows))
        archive.put(prefix + "/batch-weights", doubles: UnsafeBufferPointer(start: importances.base, count: rows))
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let statistics = try target.statistics(from: archive, under: prefix)
        let rows = Int(counters[0] % UInt64(configuration.batch))
        var inputs: [Float] = []
        var targets: [Double] = []
        var weights: [Double] = []
        if configuration.batch > 1 {
            inputs = try archive.floats(prefix + "/batch-inputs", count: rows * stack.inputs)
            guard inputs.allSatisfy({ abs($0) <= InputRow.largestMagnitude }) else {
                throw .impossible(name: prefix + "/batch-inputs", reason: "not all of it is in range")
            }
            targets = try archive.doubles(prefix + "/batch-targets", count: rows)
            guard targets.allSatisfy(target.isNumber) else {
                throw .impossible(name: prefix + "/batch-targets", reason: "not all of it are targets")
            }
            weights = try archive.doubles(prefix + "/batch-weights", count: rows)
            guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw .impossible(name: prefix + "/batch-weights", reason: "not all of it are weights")
            }
        }
        try parameters.restore(from: archive, under: prefix)
        target.statistics = statistics
        recordsLearned = counters[0]
        updatesRefused = counters[1]
        forwarded[0] = 0
        stack.input(row: 0).update(from: inputs, count: inputs.count)
        numbers.base.update(from: targets, count: rows)
        importances.base.update(from: weights, count: rows)
        let first = recordsLearned - UInt64(rows)
        for row in 0..<rows {
            stack.forward(
                row: row, weights: parameters.weights, drawing: stack.dropoutGenerator(record: first + UInt64(row)))
        }
    }
}
