/// How long a record is.
struct CoordinateNorm {
    /// The sum of squares.
    var squared: Float = 0
    /// The largest magnitude.
    var largest: Float = 0

    @inline(__always)
    init(_ record: borrowing CoordinateList) {
        for position in 0..<record.count {
            let value = record[position].value
            squared += value * value
            largest = max(largest, abs(value))
        }
    }
}
