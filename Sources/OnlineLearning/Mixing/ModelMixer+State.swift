public import Records

extension ModelMixer: Checkpointable {
    private static var columns: Int { 4 }

    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/learned", counters: [learned, shared])
        own.save(to: &archive, under: prefix + "/own")
        archive.put(prefix + "/own/target", doubles: ownTarget.numbers)
        archive.put(prefix + "/others/members", counters: others.map { UInt64(UInt32(bitPattern: $0.member)) })
        archive.put(
            prefix + "/others/counters",
            counters: others.flatMap { [$0.share.learned, $0.mixedAt, $0.knowsOwn, $0.isNew ? 1 : 0] })
        archive.put(prefix + "/others/parameters", floats: others.flatMap(\.share.parameters))
        archive.put(
            prefix + "/others/statistics", doubles: others.flatMap { $0.share.statistics.flatMap(\.numbers) })
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let own = try archive.counters(prefix + "/learned", count: 2)
        guard own[1] <= own[0] else {
            throw .impossible(name: prefix + "/learned", reason: "\(own[1]) of \(own[0]) records were shared")
        }
        let target = try archive.doubles(prefix + "/own/target", count: Self.columns)
        let members = try archive.counters(prefix + "/others/members")
        let count = featureCount + 1
        let counters = try archive.counters(prefix + "/others/counters", count: members.count * 4)
        let parameters = try archive.floats(prefix + "/others/parameters", count: members.count * count)
        let statistics = try archive.doubles(
            prefix + "/others/statistics", count: members.count * count * Self.columns)
        var others: [Other] = []
        for (place, number) in members.enumerated() {
            guard let number = UInt32(exactly: number), Int32(bitPattern: number) != member,
                others.last.map({ $0.member < Int32(bitPattern: number) }) ?? true
            else { throw .impossible(name: prefix + "/others/members", reason: "\(number) is out of place") }
            var share = ModelShare(featureCount: featureCount)
            share.learned = counters[4 * place]
            share.parameters = Array(parameters[place * count..<(place + 1) * count])
            for index in 0..<count {
                let first = (place * count + index) * Self.columns
                share.statistics[index] = FeatureStatistics(numbers: statistics[first..<first + Self.columns])
            }
            do { try check(share) } catch {
                throw .impossible(name: prefix + "/others", reason: "of \(number) \(error)")
            }
            others.append(
                Other(
                    member: Int32(bitPattern: number), share: share, mixedAt: counters[4 * place + 1],
                    knowsOwn: counters[4 * place + 2], isNew: counters[4 * place + 3] != 0))
        }
        guard targetScaling.isSound(FeatureStatistics(numbers: target[...])) else {
            throw .impossible(name: prefix + "/own/target", reason: "no finite values have them")
        }
        try self.own.restore(from: archive, under: prefix + "/own")
        (learned, shared) = (own[0], own[1])
        ownTarget = FeatureStatistics(numbers: target[...])
        self.others = others
        hasNews = others.contains(where: \.isNew)
    }
}

extension FeatureStatistics {
    var numbers: [Double] { [count, mean, spread, extreme] }

    /// - Parameter numbers: four, as the property of that name gives them.
    init(numbers: ArraySlice<Double>) {
        self.init()
        let first = numbers.startIndex
        count = numbers[first]
        mean = numbers[first + 1]
        spread = numbers[first + 2]
        extreme = numbers[first + 3]
    }
}
