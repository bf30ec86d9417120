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
        dealInputs(count, &generator)
        let middles = Self.middles(inputs: count, trees: trees, &generator)
        var low = [Float](repeating: 0, count: count)
        var high = low
        for tree in 0..<trees {
            for input in 0..<count {
                // The region is wider than 0 to 1, and off its middle, so that no two trees halve it at the same places.
                let middle = middles[input * trees + tree]
                let reach = 2 * max(middle, 1 - middle)
                low[input] = Float(middle - reach)
                high[input] = Float(middle + reach)
            }
            halve(tree, node: 1, &low, &high)
        }
    }

    /// At each place in the trees, every input is asked about by equally many of them: a forest that happened to ask about one input
    /// seldom would be blind there.
    private func dealInputs(_ count: Int, _ generator: inout SeededGenerator) {
        var deck = (0..<count).map { Int32($0) }
        for node in 1..<1 << height {
            for tree in 0..<trees {
                if tree % count == 0 { generator.shuffle(&deck) }
                questions[tree << height + node].input = deck[tree % count]
            }
        }
    }

    /// Each input's middle in each tree, from 0 to 1: drawn, one from each of as many equal parts as there are trees.
    /// - Source: McKay, Beckman and Conover, Technometrics 21 (1979), Latin hypercubes.
    private static func middles(inputs: Int, trees: Int, _ generator: inout SeededGenerator) -> [Double] {
        var middles: [Double] = []
        var parts = (0..<trees).map { Double($0) }
        for _ in 0..<inputs {
            generator.shuffle(&parts)
            middles += parts.map { ($0 + generator.uniform()) / Double(trees) }
        }
        return middles
    }

    private func halve(_ tree: Int, node: Int, _ low: inout [Float], _ high: inout [Float]) {
        guard node < 1 << height else { return }
        let input = Int(questions[tree << height + node].input)
        let (lowest, highest) = (low[input], high[input])
        let threshold = (lowest + highest) / 2
        questions[tree << height + node].threshold = threshold
        high[input] = threshold
        halve(tree, node: 2 * node, &low, &high)
        (low[input], high[input]) = (threshold, highest)
        halve(tree, node: 2 * node + 1, &low, &high)
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
