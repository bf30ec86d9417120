internal import Records

extension SparseBank {
    func save(to archive: inout StateArchive, under prefix: String) {
        table.save(to: &archive, under: prefix)
        mix.save(to: &archive, under: prefix + "/mix")
        guard records > 1 else { return }
        nextMix.save(to: &archive, under: prefix + "/next-mix")
        batch.save(to: &archive, under: prefix + "/batch")
        archive.put(prefix + "/batch/norm", floats: [batchNorm])
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let mix = try BankMix<Row>(restoring: archive, under: prefix + "/mix", share: self.mix.share)
        guard records > 1 else {
            try table.restore(from: archive, under: prefix)
            (self.mix, nextMix) = (mix, mix)
            return measure()
        }
        let nextMix = try BankMix<Row>(restoring: archive, under: prefix + "/next-mix", share: self.mix.share)
        let norm = try archive.floats(prefix + "/batch/norm", count: 1)[0]
        guard norm.isFinite, norm >= 0 else {
            throw .impossible(name: prefix + "/batch/norm", reason: "a squared norm is 0 or more")
        }
        let sums = try GradientSums<Row>(
            restoring: archive, under: prefix + "/batch", width: 1, space: table.coordinates)
        try table.restore(from: archive, under: prefix)
        batch = sums
        batchNorm = norm
        (self.mix, self.nextMix) = (mix, nextMix)
        measure()
    }
}
