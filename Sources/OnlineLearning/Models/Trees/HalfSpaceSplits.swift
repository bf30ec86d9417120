/// The questions of complete trees, drawn before any record is seen: one input each, halving the region that is left of it.
///
/// - Shape: `[trees, 2^height]`; a node's children are 2 × node and 2 × node + 1, the root is node 1.
/// - Source: Tan, Ting and Liu, Fast anomaly detection for streaming data, IJCAI 2011, algorithm 1.
struct HalfSpaceSplits: ~Copyable {
    struct Question {
        var input: Int32
        var threshold: Float
    }

    let height: Int
    let trees: Int
    private let questions: Storage<Question>

    init(_ configuration: HalfSpaceTreesConfiguration) {
        height = configuration.height
        trees = configuration.trees
        questions = Storage(
            repeating: Question(input: 0, threshold: 0.5), count: configuration.trees << configuration.height)
        var generator = SeededGenerator(seed: configuration.seed)
        let count = configuration.totalInputs
        guard count > 0 else { return }
        var low = [Float](repeating: 0, count: count)
        var high = low
        for tree in 0..<trees {
            for input in 0..<count {
                // The region is wider than 0 to 1, and off its middle, so that no two trees halve it at the same places.
                let middle = generator.uniform()
                let reach = 2 * max(middle, 1 - middle)
                low[input] = Float(middle - reach)
                high[input] = Float(middle + reach)
            }
            draw(tree, node: 1, &low, &high, &generator)
        }
    }

    private func draw(
        _ tree: Int, node: Int, _ low: inout [Float], _ high: inout [Float], _ generator: inout SeededGenerator
    ) {
        guard node < 1 << height else { return }
        let input = generator.index(below: low.count)
        let (lowest, highest) = (low[input], high[input])
        let threshold = (lowest + highest) / 2
        questions[tree << height + node] = Question(input: Int32(input), threshold: threshold)
        high[input] = threshold
        draw(tree, node: 2 * node, &low, &high, &generator)
        (low[input], high[input]) = (threshold, highest)
        draw(tree, node: 2 * node + 1, &low, &high, &generator)
        low[input] = lowest
    }

    /// The leaf of each tree into which a record falls, from 0.
    ///
    /// All trees go down a level together, so that their loads don't wait for each other; and the side is the sign of a
    /// difference, since a branch would be guessed wrong at every other question.
    /// - Cost: O(trees × height), allocates nothing.
    func findLeaves(_ x: UnsafePointer<Float>, into leaves: UnsafeMutablePointer<Int32>) {
        leaves.update(repeating: 1, count: trees)
        for _ in 0..<height {
            var tree = questions.base
            for index in 0..<trees {
                let node = leaves[index]
                let question = tree[Int(node)]
                let right = (question.threshold - x[Int(question.input)]).bitPattern >> 31
                leaves[index] = 2 &* node &+ Int32(truncatingIfNeeded: right)
                tree += 1 << height
            }
        }
        let leafCount = Int32(1) << Int32(height)
        for index in 0..<trees { leaves[index] &-= leafCount }
    }
}
