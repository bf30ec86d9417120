public import Records

extension SupportVectorModel {
    public func save(to archive: inout StateArchive, under prefix: String) {
        table.save(to: &archive, under: prefix)
        archive.put(prefix + "/counters", counters: [recordsLearned, updatesRefused])
        archive.put(prefix + "/updates", counters: [updates])
        archive.put(prefix + "/step-factor", doubles: [stepFactor])
        if target.classes > 0 {
            calibration.save(to: &archive, under: prefix + "/calibration")
        } else {
            target.statistics.save(to: &archive, under: prefix + "/target")
        }
        guard configuration.batch > 1 else { return }
        batch.save(to: &archive, under: prefix + "/batch")
        if target.classes > 0 { nextCalibration.save(to: &archive, under: prefix + "/next-calibration") }
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters(prefix + "/counters", count: 2)
        let updates = try archive.counters(prefix + "/updates", count: 1)[0]
        guard updates < 1 << 62 else {
            throw .impossible(name: prefix + "/updates", reason: "nobody has learned so much")
        }
        let factor = try archive.doubles(prefix + "/step-factor", count: 1)[0]
        guard factor > 0, factor <= 1 else {
            throw .impossible(name: prefix + "/step-factor", reason: "it is above 0 and at most 1")
        }
        var statistics = FeatureStatistics()
        var (calibration, next) = (MarginCalibration(), MarginCalibration())
        if target.classes > 0 {
            calibration = try MarginCalibration(restoring: archive, under: prefix + "/calibration")
            next = calibration
        } else {
            statistics = try FeatureStatistics(restoring: archive, under: prefix + "/target", scaling: target.scaling)
        }
        var sums = GradientSums<OneLane>(width: outputs, capacity: 16)
        if configuration.batch > 1 {
            sums = try GradientSums(
                restoring: archive, under: prefix + "/batch", width: outputs, space: table.coordinates)
            if target.classes > 0 {
                next = try MarginCalibration(restoring: archive, under: prefix + "/next-calibration")
            }
        }
        try table.restore(from: archive, under: prefix)
        (self.calibration, nextCalibration) = (calibration, next)
        target.statistics = statistics
        batch = sums
        self.updates = updates
        stepFactor = factor
        recordsLearned = counters[0]
        updatesRefused = counters[1]
    }
}
