/// What one record asks all parts of the adaptive model to do, before any of them does it.
struct AdaptiveSteps: BitwiseCopyable {
    var plain: Lanes
    var scaled: Lanes
    var products: Lanes
    var stacker: SIMD4<Float>
    /// `[3]` likelihoods of the experts; the last one is not read without products.
    var likelihoods: (Lanes, Lanes, Lanes)
    var levelLikelihoods: SIMD8<Float>
    /// Of the inputs, of the inputs with products, and of the held margins: their lengths.
    var norm: Float
    var productNorm: Float
    var marginNorm: Float
    /// Of the mixed prediction by its margin, times the weight.
    var squaredGradient: Float
    var residual: Double
}
