extension UnsafeMutableBufferPointer<Double> {
    /// Fewer values than this are put in order one by one.
    private static var few: Int { 24 }

    /// Sorts in place, ascending, without the memory that `sort` takes for merging.
    /// - Cost: O(n log n), allocates nothing. No value is NaN.
    /// - Source: introsort, Musser, Software: Practice and Experience 27 (1997), with Lomuto's partition, in which there is no
    ///   branch to guess wrong; heapsort, Williams, Communications of the ACM 7 (1964); Floyd, the same.
    func sortInPlace() {
        sort(0, count, levels: 2 * (Int.bitWidth - count.leadingZeroBitCount))
        insertAll()
    }

    /// Leaves stretches of few values, each of which belongs there, out of order.
    private func sort(_ start: Int, _ end: Int, levels: Int) {
        var (start, end, levels) = (start, end, levels)
        while end - start > Self.few {
            guard levels > 0 else {
                UnsafeMutableBufferPointer(rebasing: self[start..<end]).heapSort()
                return
            }
            levels -= 1
            let middle = partition(start, end)
            if middle - start < end - middle {
                sort(start, middle, levels: levels)
                start = middle + 1
            } else {
                sort(middle + 1, end, levels: levels)
                end = middle
            }
        }
    }

    /// - Returns: where the pivot stands: above all that are less, and below all others.
    @inline(__always)
    private func partition(_ start: Int, _ end: Int) -> Int {
        let (middle, last) = ((start + end) / 2, end - 1)
        if self[middle] < self[start] { swapAt(middle, start) }
        if self[last] < self[start] { swapAt(last, start) }
        if self[middle] < self[last] { swapAt(middle, last) }
        let pivot = self[last]
        var border = start
        for index in start..<last {
            let value = self[index]
            self[index] = self[border]
            self[border] = value
            border += value < pivot ? 1 : 0
        }
        swapAt(border, last)
        return border
    }

    private func insertAll() {
        for index in 0..<count {
            let value = self[index]
            var hole = index
            while hole > 0 && value < self[hole - 1] {
                self[hole] = self[hole - 1]
                hole -= 1
            }
            self[hole] = value
        }
    }

    private func heapSort() {
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
