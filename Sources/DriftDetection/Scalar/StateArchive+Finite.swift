internal import Records

extension StateArchive {
    /// The doubles of that name; throws where there are others than `count`, or where one is not finite.
    func finite(_ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try doubles(name, count: count)
        guard values.allSatisfy(\.isFinite) else {
            throw .impossible(name: name, reason: "one of its values is not finite")
        }
        return values
    }

    /// The counters of that name, as numbers below 2^48; throws where there are others than `count`, or a larger one.
    func counts(_ name: String, count: Int) throws(StateError) -> [Int] {
        let values = try counters(name, count: count)
        guard values.allSatisfy({ $0 < 1 << 48 }) else {
            throw .impossible(name: name, reason: "a count is larger than any stream")
        }
        return values.map { Int($0) }
    }
}
