internal import COptimizers

/// All weights and biases of a network in one block, with the optimizer's state, twice; and one block for the gradient.
///
/// An update is written beside what is and looked at; `accept` makes it what is. So it is kept whole or not at all, and a
/// refusal costs nothing.
struct NetworkParameters: ~Copyable {
    /// A weight or state beyond this is refused like one that isn't finite.
    static let largestMagnitude: Float = 1e15
    /// After so many updates, states that have faded to next to nothing become 0: they would end as numbers so small that a
    /// processor takes a hundred times as long over them.
    private static let updatesBetweenClearings: UInt64 = 256
    private static let smallestState: Float = 1e-20
    /// A mean loss up to this is no divergence, however small it was before.
    private static let harmlessLoss = 10.0

    let configuration: OptimizerConfiguration
    let count: Int
    /// Filled up to whole blocks.
    let stride: Int
    let states: Int
    /// `[stride]`: the gradient of the next update. Zeros behind `count`.
    let gradient: Storage<Float>
    /// [2, 1 + states, stride]
    let memory: Storage<Float>
    private(set) var current = 0
    /// Updates kept, which is what a schedule goes by.
    var updates: UInt64 = 0
    /// What is left of the step size, and what losses usually are.
    var divergence = DivergenceGuard()

    init(count: Int, configuration: OptimizerConfiguration) {
        self.count = count
        self.configuration = configuration
        states = configuration.kind.statesPerWeight
        let lanes = Int(adam_lanes)
        stride = (count + lanes - 1) / lanes * lanes
        gradient = Storage(repeating: 0, count: stride)
        memory = Storage(repeating: 0, count: 2 * (1 + states) * stride)
    }

    @inline(__always)
    var half: Int { (1 + states) * stride }

    /// `[count]`
    @inline(__always)
    var weights: UnsafeMutablePointer<Float> { memory.base + current * half }

    /// What the weights become when the proposal is accepted: `[count]`.
    @inline(__always)
    var proposedWeights: UnsafeMutablePointer<Float> { memory.base + (1 - current) * half }

    mutating func accept() {
        current = 1 - current
        updates &+= 1
        if updates % Self.updatesBetweenClearings == 0 { clearTraces() }
        divergence.noteKept()
    }

    /// Whether the proposal is to be refused for what it makes of the loss; if so, steps are halved.
    mutating func diverges(before: Double, after: Double) -> Bool {
        if after <= Self.harmlessLoss || divergence.allows(before: before, after: after) { return false }
        divergence.halve()
        return true
    }

    private func clearTraces() {
        for index in stride..<half where abs(memory[current * half + index]) < Self.smallestState {
            memory[current * half + index] = 0
        }
    }

    /// Uniform in ± 1 / √`fanIn`: PyTorch's ranges for layers of this kind.
    /// - Source: LeCun, Bottou, Orr and Müller, "Efficient backprop" (1998).
    func fill(_ range: Range<Int>, fanIn: Int, _ generator: inout SeededGenerator) {
        let bound = 1 / Double(fanIn).squareRoot()
        for index in range { weights[index] = Float((2 * generator.uniform() - 1) * bound) }
    }
}
