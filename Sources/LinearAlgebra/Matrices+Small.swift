extension Matrices {
    @inline(__always)
    static func smallMultiply(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, by x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, adding: Bool
    ) {
        for row in 0..<rows {
            let sum = Vectors.smallDot(matrix + row &* columns, x, count: columns)
            y[row] = adding ? y[row] + sum : sum
        }
    }

    /// Row by row, so that memory is read in order; rows whose factor is 0, which rectifiers leave many of, are passed over.
    @inline(__always)
    static func smallMultiplyTransposed(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, by x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, adding: Bool
    ) {
        if !adding { y.update(repeating: 0, count: columns) }
        for row in 0..<rows where x[row] != 0 {
            Vectors.smallAxpy(x[row], matrix + row &* columns, into: y, count: columns)
        }
    }
}
