/// The nodes of one tree: a question, or a leaf.
struct TreeNode: BitwiseCopyable {
    /// A record goes to `child` where its value is at most this, else to the one after it.
    var threshold: Float = 0
    /// The input that is asked for; below 0 for a leaf.
    var input: Int32 = -1
    var child: Int32 = 0
    /// Where the statistics of a leaf stand; below 0 where it has none, and for questions.
    var slot: Int32 = -1

    var isLeaf: Bool { input < 0 }
}

/// A tree as a run of nodes: children stand after their parent, in pairs, so that there can be no cycle.
///
/// - Cost: a walk is O(depth). Memory grows by two nodes a split; nothing else allocates.
struct TreeNodes: ~Copyable {
    private(set) var count = 1
    private let summaryCount: Int
    private var nodes: GrowingStorage<TreeNode>
    private var summaries: GrowingStorage<Double>

    /// A tree of one leaf.
    init(summaryCount: Int) {
        self.summaryCount = summaryCount
        nodes = GrowingStorage(repeating: TreeNode(), capacity: 31)
        summaries = GrowingStorage(repeating: 0, capacity: 31 * summaryCount)
    }

    @inline(__always)
    subscript(index: Int) -> TreeNode {
        get { nodes.base[index] }
        nonmutating set { nodes.base[index] = newValue }
    }

    /// What a node knows of the labels that came to it.
    @inline(__always)
    func summary(_ index: Int) -> UnsafeMutablePointer<Double> { summaries.base + index * summaryCount }

    /// The leaf that a record falls into.
    @inline(__always)
    func leaf(_ x: UnsafePointer<Float>) -> (index: Int, depth: Int) {
        var index = 0
        var depth = 0
        var node = nodes.base[0]
        while node.input >= 0 {
            index = Int(node.child) &+ (x[Int(node.input)] > node.threshold ? 1 : 0)
            node = nodes.base[index]
            depth &+= 1
        }
        return (index, depth)
    }

    /// Makes a leaf a question. Its children are leaves with empty summaries and no statistics.
    /// - Returns: the first child.
    mutating func split(_ index: Int, input: Int32, threshold: Float) -> Int {
        let child = count
        reserve(count + 2)
        count += 2
        nodes.base[child] = TreeNode()
        nodes.base[child + 1] = TreeNode()
        summary(child).update(repeating: 0, count: 2 * summaryCount)
        nodes.base[index] = TreeNode(threshold: threshold, input: input, child: Int32(child), slot: -1)
        return child
    }

    /// Back to one leaf, or to as many nodes as a snapshot says; they are filled in by the caller.
    mutating func reset(count: Int) {
        reserve(count)
        self.count = count
    }

    private mutating func reserve(_ count: Int) {
        nodes.reserve(count)
        summaries.reserve(count * summaryCount)
    }
}
