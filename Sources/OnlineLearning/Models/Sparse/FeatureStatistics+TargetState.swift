internal import Records

/// The statistics of a regression's target in a snapshot.
extension FeatureStatistics {
    func save(to archive: inout StateArchive, under name: String) {
        archive.put(name, doubles: [count, mean, spread, extreme])
    }

    /// The statistics that a snapshot holds.
    init(restoring archive: StateArchive, under name: String, scaling: ScalingKind) throws(StateError) {
        let values = try archive.doubles(name, count: 4)
        // A label fits Float32, so no sum of squares of them comes near this.
        guard values.allSatisfy({ abs($0) < 1e150 }), values[0] >= 0, scaling == .minMax || values[2] >= 0 else {
            throw .impossible(name: name, reason: "no labels have such statistics")
        }
        self.init()
        count = values[0]
        mean = values[1]
        spread = values[2]
        extreme = values[3]
    }
}
