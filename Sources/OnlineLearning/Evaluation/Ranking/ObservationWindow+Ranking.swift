extension ObservationWindow {
    /// A record's place by its score; records of the same score in the order of the window.
    private struct Place: Comparable {
        let score: Double
        let index: Int

        @inline(__always)
        static func < (one: Place, other: Place) -> Bool { one.score < other.score }
    }

    /// The classes' weights by score, from the lowest on, exactly. Cost: O(n log n), allocates.
    /// - Parameter segment: only the records of this one.
    func ranked(segment: Int? = nil) -> RankedWeights {
        // With the scores beside them, so that comparing two looks nowhere else.
        var order: [Place] = []
        order.reserveCapacity(count)
        for index in 0..<count where segment == nil || Int(segments[index]) == segment {
            order.append(Place(score: scores[index], index: index))
        }
        order.sort()
        var ranked = RankedWeights(capacity: order.count)
        var start = 0
        while start < order.count {
            let score = order[start].score
            var tied = SIMD2<Double>.zero
            while start < order.count && order[start].score == score {
                let index = order[start].index
                tied[labels[index] == 1 ? 1 : 0] += weights[index]
                start += 1
            }
            ranked.append(negatives: tied[0], positives: tied[1])
        }
        return ranked
    }
}
