/// Dense and sparse values of a record as one run of inputs: the dense ones, then the sparse coordinates.
///
/// Where there are more coordinates than inputs for them, several share one, and their values add up.
/// - Shape: `[dense]` and coordinates to `[count]`. Cost: O(count), or O(dense) without sparse coordinates; allocates nothing
///   after `init`.
struct TreeInputs: ~Copyable {
    private let dense: Int
    private let folded: Int
    private let gathered: Storage<Float>

    /// - Parameters:
    ///   - sparse: coordinates of the sparse space; 0 without one.
    ///   - limit: the most inputs that stand for them.
    init(dense: Int, sparse: Int, limit: Int) {
        self.dense = dense
        folded = min(sparse, limit)
        gathered = Storage(repeating: 0, count: max(dense + folded, 1))
    }

    /// The inputs of a record, valid until the next call and as long as the record; nil where the values are not as many as were
    /// declared, or one is NaN, infinite or absurd.
    @inline(__always)
    func gather(_ x: InputVector) -> UnsafePointer<Float>? {
        guard x.dense.count == dense else { return nil }
        var isSound = true
        for value in x.dense { isSound = isSound && abs(value) <= TreeInput.largestMagnitude }
        for coordinate in x.sparse { isSound = isSound && abs(coordinate.value) <= TreeInput.largestMagnitude }
        guard isSound else { return nil }
        if folded == 0 { return x.dense.baseAddress ?? UnsafePointer(gathered.base) }
        if let values = x.dense.baseAddress { gathered.base.update(from: values, count: dense) }
        let sums = gathered.base + dense
        sums.update(repeating: 0, count: folded)
        for coordinate in x.sparse {
            let place = Int(coordinate.index) % folded
            let sum = sums[place] + coordinate.value
            sums[place] = min(max(sum, -TreeInput.largestMagnitude), TreeInput.largestMagnitude)
        }
        return UnsafePointer(gathered.base)
    }
}
