internal import Records

/// Where an input's values stand in a model's table: the dense ones, the sparse ones behind them, then the intercept.
struct CoordinateSpace {
    /// A larger input is refused. Ten times and more what scaled values can be, so that products stay well inside Float32.
    static let largestInput: Float = 1e6

    let dense: Int
    let sparse: Int
    let hasIntercept: Bool

    init(_ shape: InputShape, hasIntercept: Bool) {
        precondition(
            shape.dense >= 0 && shape.sparse >= 0 && shape.dense + shape.sparse < Int(UInt32.max),
            "coordinates are numbered with 32 bits")
        dense = shape.dense
        sparse = shape.sparse
        self.hasIntercept = hasIntercept
    }

    /// All coordinates, with the intercept's.
    var count: Int { dense + sparse + (hasIntercept ? 1 : 0) }

    /// The intercept's coordinate, where there is one.
    var intercept: Int { dense + sparse }

    /// Fills `list` with the coordinates of `x` that aren't 0: repeated ones added up, the intercept last with the value 1.
    /// - Returns: False where a value isn't finite or too large, or where the shape is another one.
    @inline(__always)
    func gather(_ x: InputVector, into list: inout CoordinateList) -> Bool {
        guard x.dense.count == dense else { return false }
        list.removeAll()
        for index in 0..<dense where x.dense[index] != 0 {
            list.append(UInt32(truncatingIfNeeded: index), x.dense[index])
        }
        for entry in x.sparse {
            guard Int(entry.index) < sparse else { return false }
            list.add(UInt32(truncatingIfNeeded: dense + Int(entry.index)), entry.value)
        }
        if hasIntercept { list.append(UInt32(truncatingIfNeeded: intercept), 1) }
        var sound = true
        for position in 0..<list.count where !(abs(list[position].value) <= Self.largestInput) { sound = false }
        return sound
    }
}
