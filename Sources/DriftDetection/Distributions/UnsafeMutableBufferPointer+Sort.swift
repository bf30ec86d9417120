extension UnsafeMutableBufferPointer<Double> {
    /// Sorts in place, ascending, without the memory that `sort` takes for merging.
    /// - Cost: O(n log n), allocates nothing. No value is NaN.
    /// - Source: heapsort, Williams, Communications of the ACM 7 (1964); Floyd, the same.
    func sortInPlace() {
        var root = count / 2
        while root > 0 {
            root -= 1
            sink(from: root, below: count)
        }
        var end = count
        while end > 1 {
            end -= 1
            swapAt(0, end)
            sink(from: 0, below: end)
        }
    }

    @inline(__always)
    private func sink(from start: Int, below end: Int) {
        let value = self[start]
        var hole = start
        var child = 2 * hole + 1
        while child < end {
            if child + 1 < end && self[child] < self[child + 1] { child += 1 }
            guard value < self[child] else { break }
            self[hole] = self[child]
            hole = child
            child = 2 * hole + 1
        }
        self[hole] = value
    }
}
