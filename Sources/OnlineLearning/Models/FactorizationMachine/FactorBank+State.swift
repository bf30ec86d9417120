internal import Records

extension FactorBank {
    func save(to archive: inout StateArchive, under prefix: String) {
        table.save(to: &archive, under: prefix)
        mix.save(to: &archive, under: prefix + "/mix")
        archive.put(prefix + "/step-factors", floats: stepFactors.values)
        guard records > 1 else { return }
        nextMix.save(to: &archive, under: prefix + "/next-mix")
        batch.save(to: &archive, under: prefix + "/batch")
        archive.put(prefix + "/batch/norms", floats: batchNorms.values)
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let mix = try BankMix<Lanes>(restoring: archive, under: prefix + "/mix", share: self.mix.share)
        let factors = try archive.floats(prefix + "/step-factors", count: Lanes.count)
        guard factors.allSatisfy({ $0 > 0 && $0 <= 1 }) else {
            throw .impossible(name: prefix + "/step-factors", reason: "they are above 0 and at most 1")
        }
        var nextMix = mix
        var norms = [Float](repeating: 0, count: Lanes.count)
        var sums = GradientSums<Lanes>(width: batch.width, capacity: 16)
        if records > 1 {
            nextMix = try BankMix<Lanes>(restoring: archive, under: prefix + "/next-mix", share: mix.share)
            norms = try archive.floats(prefix + "/batch/norms", count: Lanes.count)
            guard norms.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
                throw .impossible(name: prefix + "/batch/norms", reason: "a squared norm is 0 or more")
            }
            sums = try GradientSums(
                restoring: archive, under: prefix + "/batch", width: batch.width, space: table.coordinates)
        }
        try table.restore(from: archive, under: prefix) { row in
            Rule.isSound(row)
        }
        (self.mix, self.nextMix) = (mix, nextMix)
        stepFactors = Lanes { factors[$0] }
        batchNorms = Lanes { norms[$0] }
        batch = sums
    }
}
