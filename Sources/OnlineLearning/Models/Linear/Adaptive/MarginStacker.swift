/// Four linear learners whose inputs are the margins of the experts: they learn how to combine these, which may be better
/// than any mean of them.
///
/// Each starts at the plain mean and goes with a step size of its own, divided as in `StepSizeBank`.
/// - Shape: `[experts]` margins to four margins. Cost: O(experts), allocates nothing after `init`.
/// - Source: the logistic mixing of Mattern, Data Compression Conference (2012), with normalized steps.
struct MarginStacker: ~Copyable {
    static let inverseSteps = SIMD4<Float>(1024, 512, 256, 128)
    let experts: Int
    /// `[experts]`
    let weights: Storage<SIMD4<Float>>
    private var bounds: SIMD4<Float>

    init(experts: Int) {
        self.experts = experts
        weights = Storage(repeating: SIMD4(repeating: 1 / Float(experts)), count: experts)
        bounds = SIMD4(repeating: 1 / Float(experts))
    }

    @inline(__always)
    func margins(_ inputs: UnsafePointer<Float>) -> SIMD4<Float> {
        var even = SIMD4<Float>.zero
        var odd = SIMD4<Float>.zero
        var index = 0
        while index < experts {
            even += weights[index] * inputs[index]
            odd += weights[index &+ 1] * inputs[index &+ 1]
            index &+= 2
        }
        return even + odd
    }

    @inline(__always)
    func steps(_ gradients: SIMD4<Float>, weight: Float, curvature: SIMD4<Float>, squaredNorm: Float)
        -> SIMD4<Float>
    {
        gradients / (Self.inverseSteps / weight + curvature * squaredNorm)
    }

    /// Whether all weights stay sound after these steps along margins of this norm.
    @inline(__always)
    mutating func allows(_ steps: SIMD4<Float>, norm: Float) -> Bool {
        let changes = pointwiseMax(steps, -steps) * norm
        var grown = bounds + changes
        if !((grown.x + grown.y) + (grown.z + grown.w) < Parameters.largestMagnitude) {
            measure()
            grown = bounds + changes
            guard all(grown .< SIMD4(repeating: Parameters.largestMagnitude)) else { return false }
        }
        bounds = grown
        return true
    }

    /// Takes the bounds from the weights as they are.
    mutating func measure() {
        bounds = .zero
        for index in 0..<experts { bounds = pointwiseMax(bounds, pointwiseMax(weights[index], -weights[index])) }
    }

    @inline(__always)
    func move(_ steps: SIMD4<Float>, along inputs: UnsafePointer<Float>) {
        for index in 0..<experts { weights[index] -= steps * inputs[index] }
    }
}
