/// Adam with the L2 penalty outside of the moments: each update shrinks a weight by step size times penalty.
/// - Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019), algorithm 2.
struct AdamW: UpdateRule {
    static var states: Int { 2 }
    static var decouplesDecay: Bool { true }
    private let adam: Adam

    /// - Parameter number: of the update, counted from 1.
    init(_ configuration: OptimizerConfiguration, update number: Double) {
        adam = Adam(configuration, update: number)
    }

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block { adam.direction(gradient, &state) }
}
