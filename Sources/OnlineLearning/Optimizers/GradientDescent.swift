/// Straight down the gradient.
/// - Source: Robbins and Monro, Annals of Mathematical Statistics 22 (1951).
struct GradientDescent: UpdateRule {
    static var states: Int { 0 }

    @inline(__always)
    func direction(_ gradient: Block, _ state: inout BlockState) -> Block { gradient }
}
