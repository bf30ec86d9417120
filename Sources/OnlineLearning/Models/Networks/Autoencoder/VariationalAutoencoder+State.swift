public import Records

extension VariationalAutoencoder {
    public func save(to archive: inout StateArchive, under prefix: String) {
        parameters.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        quantile.save(to: &archive, under: prefix + "/quantile")
        guard configuration.batch > 1 else { return }
        let rows = row
        archive.put(
            prefix + "/batch-inputs",
            floats: UnsafeBufferPointer(start: encoder.input(row: 0), count: rows * configuration.width))
        archive.put(
            prefix + "/batch-noise",
            floats: UnsafeBufferPointer(start: noise.base, count: rows * configuration.latent))
        archive.put(prefix + "/batch-weights", doubles: UnsafeBufferPointer(start: importances.base, count: rows))
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        var quantile = QuantileMarkers(share: configuration.quantile)
        try quantile.restore(from: archive, under: prefix + "/quantile")
        let rows = Int(counters[0] % UInt64(configuration.batch))
        var inputs: [Float] = []
        var drawn: [Float] = []
        var weights: [Double] = []
        if configuration.batch > 1 {
            inputs = try archive.floats(prefix + "/batch-inputs", count: rows * configuration.width)
            drawn = try archive.floats(prefix + "/batch-noise", count: rows * configuration.latent)
            guard (inputs + drawn).allSatisfy({ abs($0) <= InputRow.largestMagnitude }) else {
                throw .impossible(name: prefix + "/batch-inputs", reason: "not all of it is in range")
            }
            weights = try archive.doubles(prefix + "/batch-weights", count: rows)
            guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw .impossible(name: prefix + "/batch-weights", reason: "not all of it are weights")
            }
        }
        try parameters.restore(from: archive, under: prefix)
        self.quantile = quantile
        recordsLearned = counters[0]
        updatesRefused = counters[1]
        forwarded[0] = 0
        encoder.input(row: 0).update(from: inputs, count: inputs.count)
        noise.base.update(from: drawn, count: drawn.count)
        importances.base.update(from: weights, count: rows)
        for row in 0..<rows {
            encoder.forward(row: row, weights: parameters.weights)
            decodeSample(row: row, weights: parameters.weights)
        }
    }
}
