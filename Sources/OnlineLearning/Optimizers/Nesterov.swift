/// Momentum whose gradient is taken as if the next step had been made already.
/// - Source: Nesterov, Soviet Mathematics Doklady 27 (1983), in the form of Sutskever, Martens, Dahl and Hinton, ICML (2013), as
///   PyTorch has it.
struct Nesterov: UpdateRule {
    static var states: Int { 1 }
    let momentum: Float

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block {
        state.first = momentum * state.first + gradient
        return gradient + momentum * state.first
    }
}
