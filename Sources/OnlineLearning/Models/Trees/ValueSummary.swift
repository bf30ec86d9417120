/// Weight, mean and squared deviations of the values that came to a node.
struct ValueSummary: BitwiseCopyable {
    static let count = 3
    var weight = 0.0
    var mean = 0.0
    var squares = 0.0

    init() {}

    @inline(__always)
    init(_ values: UnsafePointer<Double>) {
        weight = values[0]
        mean = values[1]
        squares = values[2]
    }

    @inline(__always)
    mutating func add(_ value: Double, weight: Double) {
        self.weight += weight
        let deviation = value - mean
        mean += deviation * (weight / self.weight)
        squares += weight * deviation * (value - mean)
    }

    @inline(__always)
    func store(_ values: UnsafeMutablePointer<Double>) {
        values[0] = weight
        values[1] = mean
        values[2] = squares
    }
}
