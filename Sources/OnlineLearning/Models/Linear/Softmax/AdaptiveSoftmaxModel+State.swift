public import Records

extension AdaptiveSoftmaxModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        for part in tensors() { archive.put(prefix + part.name, floats: part.values) }
        archive.put(prefix + "/levels", floats: (0..<8).map { mix.levels.values[$0] })
        archive.put(
            prefix + "/memory", doubles: (0..<classes).flatMap { [memories[$0].averages.x, memories[$0].averages.y] })
        guard configuration.batch > 1 else { return }
        archive.put(prefix + "/batch-likelihoods", floats: (0..<8).map { pending.likelihoods[$0] })
        archive.put(prefix + "/batch-levels", floats: (0..<8).map { pending.levelLikelihoods[$0] })
        archive.put(prefix + "/batch-residuals", doubles: UnsafeBufferPointer(pending.residuals.values))
    }

    /// - Throws: `StateError` where a part is missing, of another count, or can't come from learning; nothing has changed then.
    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let parts = tensors()
        var planes: [[Float]] = []
        for part in parts {
            planes.append(try archive.floats(prefix + part.name, count: part.values.count, within: part.range))
        }
        let levels = try archive.floats(prefix + "/levels", count: 8, within: TensorRange.parts)
        let averages = try archive.doubles(prefix + "/memory", count: 2 * classes)
        let pairs = (0..<classes).map { ResidualMemory(restoring: [averages[2 * $0], averages[2 * $0 + 1]]) }
        guard pairs.allSatisfy({ $0 != nil }) else {
            throw .impossible(name: prefix + "/memory", reason: "no residuals have this average")
        }
        var likelihoods = [Float](repeating: 1, count: 8)
        var batchLevels = [Float](repeating: 1, count: 8)
        var residuals = [Double](repeating: 0, count: classes)
        if configuration.batch > 1 {
            likelihoods = try archive.floats(prefix + "/batch-likelihoods", count: 8, within: TensorRange.parts)
            batchLevels = try archive.floats(prefix + "/batch-levels", count: 8, within: TensorRange.parts)
            residuals = try archive.doubles(prefix + "/batch-residuals", count: classes)
            guard residuals.allSatisfy(\.isFinite) else {
                throw .impossible(name: prefix + "/batch-residuals", reason: "not all of it is finite")
            }
        }
        for (part, values) in zip(parts, planes) { part.replace(with: values) }
        for (index, pair) in pairs.enumerated() { memories[index] = pair ?? ResidualMemory() }
        for lane in 0..<8 { pending.likelihoods[lane] = likelihoods[lane] }
        for level in 0..<8 {
            mix.levels.values[level] = levels[level]
            pending.levelLikelihoods[level] = batchLevels[level]
        }
        pending.residuals.base.update(from: residuals, count: classes)
        recordsLearned = counters[0]
        updatesRefused = counters[1]
        forgetWhatIsAtHand()
        bank.measure()
        mix.stacker.measure()
    }

    /// The parts that are many numbers, as they lie in memory.
    private func tensors() -> [StateTensor] {
        var parts = [
            StateTensor("/weights", bank.weights, TensorRange.weights),
            StateTensor("/scales", scales.sums, TensorRange.squares),
            StateTensor("/shares", mix.shares.weights, TensorRange.parts),
            StateTensor("/stacker", mix.stacker.weights, TensorRange.weights),
        ]
        guard configuration.batch > 1 else { return parts }
        parts += [
            StateTensor("/batch", pending.weights, TensorRange.weights),
            StateTensor("/batch-squares", pending.squares, TensorRange.squares),
            StateTensor("/batch-stacker", pending.stacker, TensorRange.weights),
        ]
        return parts
    }
}
