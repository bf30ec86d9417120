/// Down the sum of gradients, older ones fading.
/// - Source: Polyak, USSR Computational Mathematics 4 (1964); the first gradient counts whole, as in PyTorch.
struct Momentum: UpdateRule {
    static var states: Int { 1 }
    let momentum: Float

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block {
        state.first = momentum * state.first + gradient
        return state.first
    }
}
