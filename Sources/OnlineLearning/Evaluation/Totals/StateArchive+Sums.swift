internal import Records

extension StateArchive {
    /// Sums of weights.
    /// - Throws: `StateError` where one is missing, isn't finite or is below 0.
    func sums(_ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try finite(name, count: count)
        guard values.allSatisfy({ $0 >= 0 }) else {
            throw .impossible(name: name, reason: "a sum of weights is not below 0")
        }
        return values
    }

    /// Sums that snapshots have had only since later: 0 where there are none.
    func laterSums(_ name: String, count: Int) throws(StateError) -> [Double] {
        self[name] == nil ? [Double](repeating: 0, count: count) : try sums(name, count: count)
    }

    func finite(_ name: String, count: Int) throws(StateError) -> [Double] {
        let values = try doubles(name, count: count)
        guard values.allSatisfy(\.isFinite) else { throw .impossible(name: name, reason: "a sum is finite") }
        return values
    }

    /// As `finite`; 0 where there are none.
    func laterFinite(_ name: String, count: Int) throws(StateError) -> [Double] {
        self[name] == nil ? [Double](repeating: 0, count: count) : try finite(name, count: count)
    }
}
