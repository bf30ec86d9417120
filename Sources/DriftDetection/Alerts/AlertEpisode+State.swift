public import Records

extension AlertEpisode: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        let (counters, peak): ([UInt64], Double) =
            switch phase {
            case .warmingUp(let until): ([0, until, 0, 0], 0)
            case .quiet: ([1, 0, 0, 0], 0)
            case .open(let since, let peak, let calm, let settled): ([2, since, UInt64(calm), UInt64(settled)], peak)
            case .coolingDown(let until): ([3, until, 0, 0], 0)
            }
        archive.put("\(prefix)/phase", counters: counters)
        archive.put("\(prefix)/peak", doubles: [peak])
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let counters = try archive.counters("\(prefix)/phase", count: 4)
        let peak = try archive.finite("\(prefix)/peak", count: 1)[0]
        guard counters[2] <= UInt64(Int32.max), counters[3] <= UInt64(Int32.max) else {
            throw .impossible(name: "\(prefix)/phase", reason: "more windows than there can be")
        }
        switch counters[0] {
        case 0: self = AlertEpisode(phase: .warmingUp(until: counters[1]))
        case 1: self = AlertEpisode(phase: .quiet)
        case 2:
            self = AlertEpisode(
                phase: .open(since: counters[1], peak: peak, calm: Int(counters[2]), settled: Int(counters[3])))
        case 3: self = AlertEpisode(phase: .coolingDown(until: counters[1]))
        default: throw .impossible(name: "\(prefix)/phase", reason: "there is no phase \(counters[0])")
        }
    }
}
