/// A step for each weight, divided by the root of the fading mean of its squared gradients.
/// - Source: Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
struct RMSProp: UpdateRule {
    static var states: Int { 1 }
    let decay: Float
    let epsilon: Float

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block {
        state.first = decay * state.first + (1 - decay) * (gradient * gradient)
        return gradient / (state.first.squareRoot() + epsilon)
    }
}
