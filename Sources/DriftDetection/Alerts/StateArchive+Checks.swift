internal import Records

extension StateArchive {
    /// Exactly `count` numbers, all finite.
    func finiteDoubles(_ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try doubles(name, count: count)
        guard values.allSatisfy(\.isFinite) else { throw .impossible(name: name, reason: "a number isn't finite") }
        return values
    }

    /// Exactly `count` counters, none above `limit`.
    func counters(_ name: String, count: Int, upTo limit: Int) throws(StateError) -> [Int] {
        let values = try counters(name, count: count)
        guard values.allSatisfy({ $0 <= UInt64(limit) }) else {
            throw .impossible(name: name, reason: "a count is above \(limit)")
        }
        return values.map { Int($0) }
    }
}
