internal import LinearAlgebra

/// Eight linear learners over the same inputs, each with four times the step size of the one before.
///
/// Their weights stand side by side, so that one pass over the inputs serves all of them. A step is divided by
/// `1 + step × curvature × squared norm`, so that no learner goes beyond the point at which the record's own squared loss is
/// least, however long its step.
/// - Shape: `[coordinates]` inputs to eight margins. Cost: O(coordinates) a call, allocates nothing after `init`.
struct StepSizeBank: ~Copyable {
    static let lanes = 8
    /// Sets of weights: 1, or one a class.
    let rows: Int
    /// Of each row.
    let coordinates: Int
    /// `[rows, coordinates]`
    let weights: Storage<Lanes>
    private let inverseSteps: Lanes
    /// No weight of a lane is larger than this in magnitude; it only follows from the weights, so it's no state.
    private var bounds = Lanes.zero

    init(rows: Int = 1, coordinates: Int, smallestStepSize: Float) {
        self.rows = rows
        self.coordinates = coordinates
        weights = Storage(repeating: .zero, count: rows * coordinates)
        var step = smallestStepSize
        var inverse = Lanes.zero
        for lane in 0..<Self.lanes {
            inverse[lane] = 1 / step
            step *= 4
        }
        inverseSteps = inverse
    }

    /// One bank of two halves: in each, four learners, and 32 times the step size from one to the next.
    init(rows: Int, coordinates: Int, smallestStepSizeOfHalves: Float) {
        self.rows = rows
        self.coordinates = coordinates
        weights = Storage(repeating: .zero, count: rows * coordinates)
        var step = smallestStepSizeOfHalves
        var inverse = SIMD4<Float>.zero
        for lane in 0..<4 {
            inverse[lane] = 1 / step
            step *= 32
        }
        inverseSteps = Lanes(lowHalf: inverse, highHalf: inverse)
    }

    @inline(__always)
    func margins(_ x: UnsafePointer<Float>, row: Int = 0) -> Lanes {
        let weights = weights.base + row &* coordinates
        var even = Lanes.zero
        var odd = Lanes.zero
        var index = 0
        while index &+ 1 < coordinates {
            even += weights[index] * x[index]
            odd += weights[index &+ 1] * x[index &+ 1]
            index &+= 2
        }
        if index < coordinates { even += weights[index] * x[index] }
        return even + odd
    }

    /// How far each lane goes along the inputs for these gradients by the margin.
    /// - Parameter weight: the record's; however large, a step stays what the record allows.
    @inline(__always)
    func steps(_ gradients: Lanes, weight: Float, curvature: Lanes, squaredNorm: Float) -> Lanes {
        gradients / (inverseSteps / weight + curvature * squaredNorm)
    }

    /// Whether all weights stay sound after these steps along inputs of this norm.
    @inline(__always)
    mutating func allows(_ steps: Lanes, norm: Float) -> Bool {
        let changes = steps.magnitudes * norm
        let grown = bounds + changes
        // None is below 0, so each is below what their sum is below; a sum is cheaper than eight comparisons.
        guard grown.total < Parameters.largestMagnitude else { return allowsExactly(changes) }
        bounds = grown
        return true
    }

    @inline(never)
    private mutating func allowsExactly(_ changes: Lanes) -> Bool {
        measure()
        guard all((bounds + changes) .< Lanes(repeating: Parameters.largestMagnitude)) else { return false }
        bounds += changes
        return true
    }

    /// Takes the bounds from the weights as they are.
    mutating func measure() {
        bounds = .zero
        for index in 0..<rows * coordinates {
            let sizes = weights[index].magnitudes
            bounds.replace(with: sizes, where: sizes .> bounds)
        }
    }

    /// Goes `steps` down along `x`.
    @inline(__always)
    func move(_ steps: Lanes, along x: UnsafePointer<Float>) { Self.add(-steps, x, into: weights.base, coordinates) }

    /// Goes down along `x` with the first four lanes and along `scaled` with the others.
    @inline(__always)
    func move(_ steps: Lanes, along x: UnsafePointer<Float>, _ scaled: UnsafePointer<Float>, row: Int) {
        Self.add(-steps, x, scaled, into: weights.base + row &* coordinates, coordinates)
    }

    @inline(__always)
    static func add(
        _ factors: Lanes, _ x: UnsafePointer<Float>, _ scaled: UnsafePointer<Float>,
        into sums: UnsafeMutablePointer<Lanes>, _ count: Int
    ) {
        let (low, high) = (factors.lowHalf, factors.highHalf)
        for index in 0..<count {
            sums[index] += Lanes(lowHalf: low * x[index], highHalf: high * scaled[index])
        }
    }

    @inline(__always)
    static func add(_ factors: Lanes, _ x: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Lanes>, _ count: Int) {
        for index in 0..<count { sums[index] += factors * x[index] }
    }
}
