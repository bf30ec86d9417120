/// How one number of a factorization machine, or that of several machines side by side, is kept and learns.
protocol FactorRule {
    associatedtype Lanes: WeightRow
    /// Floats that are kept for the number.
    static var width: Int { get }
    /// Whether steps are divided by what they would do to the margin.
    var dividesSteps: Bool { get }
    /// The step sizes where they are divided; else 1.
    var steps: Lanes { get }
    func value(_ kept: UnsafePointer<Float>) -> Lanes
    /// The number begins as `value`.
    func begin(_ kept: UnsafeMutablePointer<Float>, at value: Float)
    /// - Parameter step: the step size, divided and halved as it may be.
    func move(_ kept: UnsafeMutablePointer<Float>, gradient: Lanes, step: Lanes)
    /// The rule of the intercept, which no penalty pulls.
    var withoutPenalties: Self { get }
    /// Whether a coordinate's numbers, finite all of them, can be.
    static func isSound(_ row: UnsafeBufferPointer<Float>) -> Bool
}

extension FactorRule {
    /// The second number of each pair is a sum of squares.
    static func isSound(_ row: UnsafeBufferPointer<Float>) -> Bool {
        width != 2 || stride(from: 1, to: row.count, by: 2).allSatisfy { row[$0] >= 0 }
    }
}
