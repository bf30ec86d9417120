/// A view of sums by bins of one input's values.
///
/// The range doubles, and pairs of bins become one, when a value falls outside, so that at least a quarter of the bins lie within
/// the values seen once there are two different ones.
/// - Shape: the lowest bin's lower end, the bins' width, `[bins, columns]` sums. Cost: O(columns) amortized; allocates nothing.
struct InputHistogram {
    static let bins = 32
    private let base: UnsafeMutablePointer<Double>
    let columns: Int

    /// Doubles that it takes.
    static func count(columns: Int) -> Int { 2 + columns * bins }

    @inline(__always)
    init(_ base: UnsafeMutablePointer<Double>, columns: Int) {
        self.base = base
        self.columns = columns
    }

    /// Where the lowest bin begins.
    private(set) var low: Double {
        get { base[0] }
        nonmutating set { base[0] = newValue }
    }
    /// 0 while all values are equal: they are in the lowest bin.
    private(set) var width: Double {
        get { base[1] }
        nonmutating set { base[1] = newValue }
    }

    @inline(__always)
    func sums(_ bin: Int) -> UnsafeMutablePointer<Double> { base + 2 + columns * bin }

    /// The sums of the bin that a value belongs to, which the range is made to hold.
    /// - Parameter isFirst: whether it is the first value.
    @inline(__always)
    func sums(at input: Double, isFirst: Bool) -> UnsafeMutablePointer<Double> {
        if isFirst { low = input }
        if input < low || input >= low + Double(Self.bins) * width { cover(input) }
        let place = width > 0 ? (input - low) / width : 0
        return sums(Int(min(max(place, 0), Double(Self.bins - 1))))
    }

    private func cover(_ input: Double) {
        guard input != low else { return }
        if width == 0 {
            width = abs(input - low) / Double(Self.bins / 2)
            if input < low {
                low = input
                moveLowerHalfUp()
            }
        }
        while input < low {
            low -= Double(Self.bins) * width
            mergePairs()
            moveLowerHalfUp()
        }
        while input >= low + Double(Self.bins) * width { mergePairs() }
    }

    /// Doubles the width; the upper half becomes empty.
    private func mergePairs() {
        width *= 2
        for bin in 0..<Self.bins / 2 {
            let (one, other, target) = (sums(2 * bin), sums(2 * bin + 1), sums(bin))
            for column in 0..<columns { target[column] = one[column] + other[column] }
        }
        sums(Self.bins / 2).update(repeating: 0, count: columns * Self.bins / 2)
    }

    private func moveLowerHalfUp() {
        sums(Self.bins / 2).update(from: sums(0), count: columns * Self.bins / 2)
        sums(0).update(repeating: 0, count: columns * Self.bins / 2)
    }

    /// The threshold in the middle of the bins' ends from `first` to `last`, between which no value fell.
    func threshold(first: Int, last: Int) -> Float {
        Float(low + width * 0.5 * Double(first + last)).nextDown
    }
}
