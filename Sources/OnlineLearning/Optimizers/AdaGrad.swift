/// A step for each weight, divided by the root of the sum of its squared gradients.
/// - Source: Duchi, Hazan and Singer, JMLR 12 (2011), diagonal form.
struct AdaGrad: UpdateRule {
    static var states: Int { 1 }
    let epsilon: Float

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block {
        state.first += gradient * gradient
        return gradient / (state.first.squareRoot() + epsilon)
    }
}
