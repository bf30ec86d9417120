extension ObservationWindow {
    /// The classes' weights by score, from the lowest on, exactly. Cost: O(n log n), allocates.
    /// - Parameter segment: only the records of this one.
    func ranked(segment: Int? = nil) -> RankedWeights {
        var order = Array(0..<count)
        if let segment { order.removeAll { Int(segments[$0]) != segment } }
        order.sort { scores[$0] < scores[$1] }
        var ranked = RankedWeights()
        var start = 0
        while start < order.count {
            var tied = SIMD2<Double>.zero
            var end = start
            while end < order.count && scores[order[end]] == scores[order[start]] {
                tied[labels[order[end]] == 1 ? 1 : 0] += weights[order[end]]
                end += 1
            }
            ranked.append(negatives: tied[0], positives: tied[1])
            start = end
        }
        return ranked
    }
}
