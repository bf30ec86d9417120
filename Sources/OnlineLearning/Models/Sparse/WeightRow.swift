/// The numbers of learners that stand side by side: one learner's, or eight.
protocol WeightRow: BitwiseCopyable {
    static var count: Int { get }
    init(all value: Float)
    /// From lane numbers to values.
    init(lanes value: (Int) -> Float)
    var total: Float { get }
    var largest: Float { get }
    var magnitudes: Self { get }
    var roots: Self { get }
    /// To at least `lowest` and at most `highest`; what isn't a number stays so.
    func within(_ lowest: Float, _ highest: Float) -> Self
    /// Whether every lane is; false where one isn't a number.
    func isBelow(_ limit: Float) -> Bool
    /// 1 in every lane that isn't `limit` or less, or isn't a number; 0 in the others.
    func exceeds(_ limit: Self) -> Self
    /// The exponential function of each lane, held within ±87.
    var exponentials: Self { get }
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self
}

extension WeightRow {
    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>) -> Self { UnsafeRawPointer(pointer).load(as: Self.self) }

    @inline(__always)
    func store(to pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
    }

    @inline(__always)
    static func += (left: inout Self, right: Self) { left = left + right }

    /// A copy, lane by lane.
    var values: [Float] {
        withUnsafeBytes(of: self) { raw in
            (0..<Self.count).map { raw.load(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    /// The logistic function of each lane.
    @inline(__always)
    static func probability(margin: Self) -> Self {
        Self(all: 1) / (Self(all: 1) + (Self(all: 0) - margin).exponentials)
    }
}
