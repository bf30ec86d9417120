/// One record's inputs as the banks see them: the features, a 1 for the intercept, the moving averages of residuals, and
/// then the products of features with each other and with themselves.
///
/// It follows from the record and from the state, so it's no state itself. Cost: O(count), allocates nothing after `init`.
struct AdaptiveInputs: ~Copyable {
    /// A product counts for no more than this, so that one far value can't rule the squares.
    static let largestProduct: Float = 5

    let features: Int
    /// Inputs that aren't products; they come first.
    let linearCount: Int
    /// All of them.
    let count: Int
    let values: Storage<Float>
    /// `[linearCount]`, divided by the scales of their gradients.
    let scaled: Storage<Float>

    init(features: Int, hasProducts: Bool) {
        self.features = features
        linearCount = features + 1 + ResidualMemory.count
        count = linearCount + (hasProducts ? features * (features + 1) / 2 : 0)
        values = Storage(repeating: 0, count: count)
        scaled = Storage(repeating: 0, count: linearCount)
    }

    var productCount: Int { count - linearCount }

    @inline(__always)
    func fill(_ x: UnsafeBufferPointer<Float>, _ memory: ResidualMemory) {
        let values = values.base
        for index in 0..<features { values[index] = x[index] }
        values[features] = 1
        values[features + 1] = Float(memory.averages.x)
        values[features + 2] = Float(memory.averages.y)
        guard productCount > 0 else { return }
        var place = values + linearCount
        for first in 0..<features {
            let factor = values[first]
            let others = values + first
            for index in 0..<features &- first {
                let product = factor * others[index]
                place[index] = 0.5 * min(max(product, -Self.largestProduct), Self.largestProduct)
            }
            place += features &- first
        }
    }
}
