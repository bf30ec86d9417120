internal import Records

/// A quantile of a stream of scores, from five markers that move with it.
///
/// - Shape: scalar in, scalar out. Cost: O(1), allocates nothing.
/// - Source: Jain and Chlamtac, "The P² algorithm for dynamic calculation of quantiles and histograms without storing
///   observations", Communications of the ACM 28 (1985).
struct QuantileMarkers {
    let share: Double
    private(set) var count = 0.0
    /// Scores at the markers, ascending: the smallest, three about the quantile, the largest.
    private(set) var heights = SIMD8<Double>(repeating: 0)
    /// How many scores lie at or below each marker.
    private(set) var places = SIMD8<Double>(1, 2, 3, 4, 5, 0, 0, 0)

    /// - Parameter share: of the scores, that lie below the quantile; between 0 and 1.
    init(share: Double) { self.share = share }

    /// Infinite before the fifth score.
    var value: Double { count < 5 ? .infinity : heights[2] }

    /// - Parameter score: finite.
    mutating func add(_ score: Double) {
        count += 1
        guard count > 5 else {
            insert(score, at: Int(count) - 1)
            return
        }
        heights[0] = min(heights[0], score)
        heights[4] = max(heights[4], score)
        var cell = 0
        while cell < 3, score >= heights[cell + 1] { cell += 1 }
        for marker in (cell + 1)..<5 { places[marker] += 1 }
        for marker in 1...3 { move(marker) }
    }

    private mutating func insert(_ score: Double, at end: Int) {
        var place = end
        while place > 0, heights[place - 1] > score {
            heights[place] = heights[place - 1]
            place -= 1
        }
        heights[place] = score
    }

    /// Moves a marker by one place towards where it should be, to the height of the parabola through its neighbours, or of
    /// the line where that isn't between them.
    private mutating func move(_ marker: Int) {
        let wanted = 1 + (count - 1) * (marker == 1 ? share / 2 : marker == 2 ? share : (1 + share) / 2)
        let distance = wanted - places[marker]
        let above = places[marker + 1] - places[marker]
        let below = places[marker] - places[marker - 1]
        guard (distance >= 1 && above > 1) || (distance <= -1 && below > 1) else { return }
        let side = distance > 0 ? 1.0 : -1.0
        let rise = (heights[marker + 1] - heights[marker]) / above
        let fall = (heights[marker] - heights[marker - 1]) / below
        var height = heights[marker] + side / (above + below) * ((below + side) * rise + (above - side) * fall)
        if !(height > heights[marker - 1] && height < heights[marker + 1]) {
            height = heights[marker] + side * (side > 0 ? rise : fall)
        }
        heights[marker] = height
        places[marker] += side
    }
}

extension QuantileMarkers {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix, doubles: [count] + (0..<5).map { heights[$0] } + (0..<5).map { places[$0] })
    }

    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let numbers = try archive.doubles(prefix, count: 11)
        guard numbers.allSatisfy({ $0.isFinite && $0 < 1e100 }), numbers[0] >= 0, numbers[0] == numbers[0].rounded()
        else { throw .impossible(name: prefix, reason: "it isn't finite, or counts below 0") }
        for marker in 1..<5 where numbers[0] >= 5 {
            guard numbers[marker] <= numbers[marker + 1], numbers[5 + marker] < numbers[6 + marker] else {
                throw .impossible(name: prefix, reason: "marker \(marker) isn't below the next one")
            }
        }
        count = numbers[0]
        for marker in 0..<5 {
            heights[marker] = numbers[1 + marker]
            places[marker] = numbers[6 + marker]
        }
    }
}
