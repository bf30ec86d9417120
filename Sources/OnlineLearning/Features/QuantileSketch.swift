/// The eighths of a stream of values, estimated with nine markers that move towards their places.
///
/// Exact up to nine values; after that the markers between the smallest and the largest value are moved by one place at a
/// time, their heights along a parabola through their neighbours. Heights are kept on a scale from -1 to 1 that the first nine
/// values lay down: the paper's own would let one extreme drag the markers beside it along. Deterministic.
/// - Shape: scalars in. Unit: the values' own. Cost: O(1) with nine markers, 168 bytes, allocates nothing.
/// - Source: Jain and Chlamtac, "The P² algorithm for dynamic calculation of quantiles and histograms without storing
///   observations", CACM 28 (1985).
struct QuantileSketch: BitwiseCopyable {
    static let markers = 9
    typealias Lanes = InlineArray<9, Double>

    /// Sorted; of fewer values than markers the values themselves, then where they lie from -1 to 1.
    private(set) var heights: Lanes
    /// How many values are at or below each marker, from 1 to `count`.
    private(set) var positions: Lanes
    private(set) var count: Double = 0
    /// What is 0 and what is a half on the scale of the heights.
    private var center: Double = 0
    private var unit: Double = 1

    init() {
        heights = Lanes(repeating: 0)
        positions = Lanes(repeating: 0)
        for marker in 0..<Self.markers { positions[marker] = Double(marker + 1) }
    }

    /// The quantile of `eighths` / 8; 0 where nothing was seen.
    func eighth(_ eighths: Int) -> Double {
        let seen = Int(count)
        guard seen < Self.markers else { return unsquashed(heights[eighths]) }
        guard seen > 0 else { return 0 }
        let place = Double(eighths) / 8 * Double(seen - 1)
        let below = Int(place)
        let above = min(below + 1, seen - 1)
        return heights[below] + (place - Double(below)) * (heights[above] - heights[below])
    }

    var median: Double { eighth(4) }

    /// Between the quartiles; where half of all values are the same, between the smallest and the largest one.
    var spread: Double {
        let quartiles = eighth(6) - eighth(2)
        return quartiles > 0 ? quartiles : eighth(8) - eighth(0)
    }

    mutating func add(_ value: Double) {
        if Int(count) < Self.markers {
            insert(value)
            if Int(count) == Self.markers { layDownScale() }
            return
        }
        let value = squashed(value)
        count += 1
        let last = Self.markers - 1
        if value < heights[0] { heights[0] = value }
        if value > heights[last] { heights[last] = value }
        for marker in 1...last where marker == last || value < heights[marker] { positions[marker] += 1 }
        let eighth = (count - 1) * 0.125
        for marker in 1..<last {
            let distance = 1 + eighth * Double(marker) - positions[marker]
            if distance >= 1, positions[marker + 1] - positions[marker] > 1 {
                move(marker, by: 1)
            } else if distance <= -1, positions[marker] - positions[marker - 1] > 1 {
                move(marker, by: -1)
            }
        }
    }

    private mutating func insert(_ value: Double) {
        var place = Int(count)
        while place > 0, heights[place - 1] > value {
            heights[place] = heights[place - 1]
            place -= 1
        }
        heights[place] = value
        count += 1
    }

    private mutating func layDownScale() {
        center = heights[4]
        let smallest = Double(Float.leastNormalMagnitude)
        unit = heights[6] - heights[2]
        if unit < smallest { unit = heights[8] - heights[0] }
        if unit < smallest { unit = abs(center) }
        if unit < smallest { unit = 1 }
        for marker in 0..<Self.markers { heights[marker] = squashed(heights[marker]) }
    }

    private func squashed(_ value: Double) -> Double {
        let distance = (value - center) / unit
        return distance / (1 + abs(distance))
    }

    private func unsquashed(_ height: Double) -> Double {
        let largest = Double(Float.greatestFiniteMagnitude)
        return min(max(center + unit * height / max(1 - abs(height), 1e-300), -largest), largest)
    }

    private mutating func move(_ marker: Int, by step: Double) {
        let before = positions[marker] - positions[marker - 1]
        let after = positions[marker + 1] - positions[marker]
        let rise = (heights[marker + 1] - heights[marker]) / after
        let fall = (heights[marker] - heights[marker - 1]) / before
        let parabolic =
            heights[marker] + step / (before + after) * ((before + step) * rise + (after - step) * fall)
        let isBetween = heights[marker - 1] < parabolic && parabolic < heights[marker + 1]
        heights[marker] = isBetween ? parabolic : heights[marker] + (step > 0 ? rise : -fall)
        positions[marker] += step
    }

    /// Count, scale, heights and positions: all that there is.
    static let numbersCount = 3 + 2 * markers

    func write(to numbers: UnsafeMutablePointer<Double>) {
        numbers[0] = count
        numbers[1] = center
        numbers[2] = unit
        for marker in 0..<Self.markers {
            numbers[3 + marker] = heights[marker]
            numbers[3 + Self.markers + marker] = positions[marker]
        }
    }

    /// Nil where no stream of values leads there.
    init?(numbers: UnsafePointer<Double>) {
        self.init()
        count = numbers[0]
        guard count >= 0, count <= 0x1p53, count == count.rounded() else { return nil }
        center = numbers[1]
        unit = numbers[2]
        let largest = Double(Float.greatestFiniteMagnitude)
        guard abs(center) <= largest, unit >= Double(Float.leastNormalMagnitude), unit <= 2 * largest else {
            return nil
        }
        let seen = min(Int(count), Self.markers)
        let limit = seen == Self.markers ? 1 : largest
        for marker in 0..<Self.markers {
            heights[marker] = numbers[3 + marker]
            positions[marker] = numbers[3 + Self.markers + marker]
            guard abs(heights[marker]) <= limit, positions[marker] >= 1 else { return nil }
            guard marker > 0 else { continue }
            guard positions[marker] > positions[marker - 1] else { return nil }
            if marker < seen, heights[marker] < heights[marker - 1] { return nil }
        }
        guard positions[0] == 1, positions[Self.markers - 1] == max(count, Double(Self.markers)) else { return nil }
    }
}
