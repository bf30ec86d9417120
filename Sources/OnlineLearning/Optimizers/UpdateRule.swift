/// Eight weights, or what belongs to eight weights.
typealias Block = SIMD8<Float>

/// What an optimizer keeps of eight weights from one update to the next.
struct BlockState {
    var first: Block
    var second: Block
}

/// One optimizer's arithmetic for one update, over eight weights at a time.
protocol UpdateRule {
    /// Numbers of state a weight: 0, 1 or 2.
    static var states: Int { get }
    /// Whether the L2 penalty shrinks the weights beside the gradient instead of being a part of it.
    static var decouplesDecay: Bool { get }
    /// By how much to change the weights against the gradient, the step size left out.
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block
}

extension UpdateRule {
    static var decouplesDecay: Bool { false }
}
