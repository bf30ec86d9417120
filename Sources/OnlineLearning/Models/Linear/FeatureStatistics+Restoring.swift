internal import Records

extension FeatureStatistics {
    /// Beyond these, what is worked out of the statistics could overflow.
    private static let largestMean = 1e150
    private static let largestSpread = 1e300

    /// The statistics of a target, as they were saved: count, mean, spread and extreme.
    /// - Throws: `StateError` where no labels could have made these.
    init(restoring archive: StateArchive, _ name: String) throws(StateError) {
        let known = try archive.doubles(name, count: 4)
        guard known.allSatisfy(\.isFinite) else { throw .impossible(name: name, reason: "not all of it is finite") }
        guard known[0] == 0 || known[0] >= 1, abs(known[1]) <= Self.largestMean, abs(known[3]) <= Self.largestMean
        else {
            throw .impossible(name: name, reason: "no labels have this count, mean or extreme")
        }
        guard abs(known[2]) <= Self.largestSpread else {
            throw .impossible(name: name, reason: "no labels have this spread")
        }
        self.init()
        count = known[0]
        mean = known[1]
        spread = known[2]
        extreme = known[3]
    }

    /// - Parameter scaling: whose statistics they are: only under the min-max scaling is the spread a value, which may be below 0.
    init(restoring archive: StateArchive, _ name: String, of scaling: ScalingKind) throws(StateError) {
        try self.init(restoring: archive, name)
        guard spread >= 0 || scaling == .minMax else { throw .impossible(name: name, reason: "the spread is below 0") }
    }
}
