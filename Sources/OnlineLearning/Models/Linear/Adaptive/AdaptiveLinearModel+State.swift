public import Records

extension AdaptiveLinearModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        for part in tensors() { archive.put(prefix + part.name, floats: part.values) }
        archive.put(prefix + "/levels", floats: (0..<8).map { mix.levels.values[$0] })
        archive.put(prefix + "/memory", doubles: [memory.averages.x, memory.averages.y])
        if !configuration.loss.isForClasses {
            let known = targetStatistics
            archive.put(prefix + "/target", doubles: [known.count, known.mean, known.spread, known.extreme])
            archive.put(prefix + "/labels", doubles: labels.saved)
        }
        guard configuration.batch > 1 else { return }
        archive.put(prefix + "/batch-levels", floats: (0..<8).map { pending.levelLikelihoods[$0] })
        archive.put(prefix + "/batch-residual", doubles: [pending.residual])
    }

    /// - Throws: `StateError` where a part is missing, of another count, or can't come from learning; nothing has changed then.
    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        var planes: [[Float]] = []
        let parts = tensors()
        for part in parts {
            planes.append(try archive.floats(prefix + part.name, count: part.values.count, within: part.range))
        }
        let levels = try archive.floats(prefix + "/levels", count: 8, within: TensorRange.parts)
        guard let memory = ResidualMemory(restoring: try archive.doubles(prefix + "/memory", count: 2)) else {
            throw .impossible(name: prefix + "/memory", reason: "no residuals have this average")
        }
        var statistics = FeatureStatistics()
        var labels = LabelRange()
        if !configuration.loss.isForClasses {
            statistics = try FeatureStatistics(
                restoring: archive, prefix + "/target", of: configuration.targetScaling)
            guard let range = LabelRange(restoring: try archive.doubles(prefix + "/labels", count: 3)) else {
                throw .impossible(name: prefix + "/labels", reason: "it isn't a range of labels")
            }
            labels = range
        }
        var batchLevels = [Float](repeating: 1, count: 8)
        var batchResidual = 0.0
        if configuration.batch > 1 {
            batchLevels = try archive.floats(prefix + "/batch-levels", count: 8, within: TensorRange.parts)
            batchResidual = try archive.doubles(prefix + "/batch-residual", count: 1)[0]
            guard batchResidual.isFinite else {
                throw .impossible(name: prefix + "/batch-residual", reason: "it isn't finite")
            }
        }
        for (part, values) in zip(parts, planes) { part.replace(with: values) }
        for level in 0..<8 {
            mix.levels.values[level] = levels[level]
            pending.levelLikelihoods[level] = batchLevels[level]
        }
        pending.residual = batchResidual
        self.memory = memory
        self.labels = labels
        targetStatistics = statistics
        recordsLearned = counters[0]
        updatesRefused = counters[1]
        stamp[0] = 0
        plain.measure()
        scaled.measure()
        products.measure()
        mix.stacker.measure()
    }

    /// The parts that are many numbers, as they lie in memory.
    private func tensors() -> [StateTensor] {
        var parts = [
            StateTensor("/weights", plain.weights, TensorRange.weights),
            StateTensor("/scaled-weights", scaled.weights, TensorRange.weights),
            StateTensor("/scales", scales.sums, TensorRange.squares),
            StateTensor("/shares", mix.shares.weights, TensorRange.parts),
            StateTensor("/stacker", mix.stacker.weights, TensorRange.weights),
        ]
        if products.coordinates > 0 {
            parts.append(StateTensor("/product-weights", products.weights, TensorRange.weights))
        }
        guard configuration.batch > 1 else { return parts }
        parts += [
            StateTensor("/batch", pending.plain, TensorRange.weights),
            StateTensor("/batch-scaled", pending.scaled, TensorRange.weights),
            StateTensor("/batch-products", pending.products, TensorRange.weights),
            StateTensor("/batch-stacker", pending.stacker, TensorRange.weights),
            StateTensor("/batch-likelihoods", pending.likelihoods, TensorRange.parts),
            StateTensor("/batch-squares", pending.squares, TensorRange.squares),
        ]
        return parts
    }
}
