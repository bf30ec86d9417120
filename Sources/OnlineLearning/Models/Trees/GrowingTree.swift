internal import Glibc
internal import Records

/// A tree that grows leaf by leaf: the part that the Hoeffding tree and the trees of a forest have in common.
///
/// - Cost: O(depth) to find a leaf, and what the leaf costs. It allocates where it grows, up to the configured bounds.
struct GrowingTree: ~Copyable {
    let configuration: HoeffdingTreeConfiguration
    let shape: TreeShape
    /// Of the leaves' linear models.
    let stepSize: Double
    var nodes: TreeNodes
    var slots: LeafSlots
    /// Draws the inputs that leaves watch, where they don't watch all.
    var generator: SeededGenerator
    /// Records until a leaf without statistics is looked at again.
    var untilReview: Int
    /// `[5, classes]`.
    private let scratch: Storage<Double>
    static let reviewPeriod = 200

    /// - Parameter observed: inputs that a leaf watches, drawn anew for each; nil for all of them.
    init(_ configuration: HoeffdingTreeConfiguration, observed: Int? = nil, stepSize: Double? = nil, seed: UInt64) {
        self.stepSize = stepSize ?? configuration.stepSize
        self.configuration = configuration
        shape = TreeShape(
            inputs: configuration.totalInputs, observed: min(observed ?? .max, configuration.totalInputs),
            classes: configuration.target.classes.count)
        nodes = TreeNodes(summaryCount: shape.summary)
        slots = LeafSlots(shape, maximum: max(configuration.maximumBytes / max(shape.leafBytes, 1), 2))
        generator = SeededGenerator(seed: seed)
        untilReview = Self.reviewPeriod
        scratch = Storage(repeating: 0, count: 5 * max(shape.classes, 1))
        _ = openLeaf(0)
    }

    /// Gives a leaf statistics, and draws what it watches.
    /// - Returns: nil where there is no room.
    mutating func openLeaf(_ node: Int) -> Int? {
        guard let slot = slots.take(for: node) else { return nil }
        nodes[node].slot = Int32(slot)
        let inputs = slots.inputs(slot)
        if shape.observed == shape.inputs {
            for place in 0..<shape.observed { inputs[place] = UInt32(place) }
            return slot
        }
        // Floyd's sampling: each subset is equally likely, and no memory is needed.
        for place in 0..<shape.observed {
            let last = shape.inputs - shape.observed + place
            let drawn = UInt32(generator.index(below: last + 1))
            let isTaken = (0..<place).contains { inputs[$0] == drawn }
            inputs[place] = isTaken ? UInt32(last) : drawn
        }
        return slot
    }

    /// Takes a leaf's statistics away; it goes on predicting from its summary.
    mutating func closeLeaf(_ node: Int) {
        let slot = Int(nodes[node].slot)
        nodes[node].slot = -1
        if let moved = slots.release(slot) { nodes[moved].slot = Int32(slot) }
    }

    @inline(__always)
    func classLeaf(_ slot: Int) -> ClassLeaf { ClassLeaf(slots.values(slot), inputs: slots.inputs(slot), shape) }

    @inline(__always)
    func valueLeaf(_ slot: Int) -> ValueLeaf { ValueLeaf(slots.values(slot), inputs: slots.inputs(slot), shape) }

    func scratch(_ row: Int) -> UnsafeMutablePointer<Double> { scratch.base + row * max(shape.classes, 1) }

    /// Whether a best question is good enough to be asked now.
    func isSure(_ choice: SplitChoice, weight: Double) -> Bool {
        guard choice.input >= 0 else { return false }
        let range = shape.classes > 0 ? log2(Double(max(shape.classes, 2))) : 1
        let bound = HoeffdingBound.value(range: range, confidence: configuration.splitConfidence, count: weight)
        let isBetter =
            shape.classes > 0
            ? choice.merit - choice.secondMerit > bound : choice.secondMerit < choice.merit * (1 - bound)
        return isBetter || bound < configuration.tieThreshold * range
    }

    func canGrow(depth: Int) -> Bool {
        depth < configuration.maximumDepth && nodes.count + 2 <= configuration.maximumNodes
    }

    /// Room for the statistics of another leaf, made by taking them from the one with the least to win.
    /// - Parameter sparing: a leaf that keeps its own.
    /// - Returns: false where the others have more to win than `promise`.
    mutating func makeRoom(promise: Double, sparing: Int) -> Bool {
        guard slots.used == slots.maximum else { return true }
        var poorest: (node: Int, promise: Double)?
        for slot in 0..<slots.used {
            let node = slots.owner(slot)
            guard node != sparing else { continue }
            let found = self.promise(node)
            if let known = poorest, (known.promise, known.node) <= (found, node) { continue }
            poorest = (node, found)
        }
        guard let poorest, poorest.promise < promise else { return false }
        closeLeaf(poorest.node)
        return true
    }

    /// Gives the children of a leaf that was split statistics of their own, and frees the leaf's; where there isn't room for two
    /// more, the child with more to win gets some.
    mutating func replace(_ node: Int, _ slot: Int, by child: Int, mayOpenTwo: Bool) {
        nodes[node].slot = Int32(slot)
        let richer = promise(child) >= promise(child + 1) ? child : child + 1
        if mayOpenTwo {
            inherit(child, from: slot)
            inherit(child + 1, from: slot)
        } else if makeRoom(promise: promise(richer), sparing: node) {
            inherit(richer, from: Int(nodes[node].slot))
        }
        closeLeaf(node)
    }

    private mutating func inherit(_ child: Int, from parent: Int) {
        guard let slot = openLeaf(child) else { return }
        if shape.classes > 0 {
            classLeaf(slot).inherit(classLeaf(parent))
        } else {
            valueLeaf(slot).inherit(valueLeaf(parent), mean: nodes.summary(child)[1])
        }
    }

    /// What a perfect split of a leaf could win: the weight of its other classes, or its squared deviations.
    func promise(_ node: Int) -> Double {
        let summary = nodes.summary(node)
        guard shape.classes > 0 else { return summary[2] }
        var (sum, largest) = (0.0, 0.0)
        for label in 0..<shape.classes {
            sum += summary[label]
            largest = max(largest, summary[label])
        }
        return sum - largest
    }

    /// Gives a leaf without statistics new ones, now and then, where it has more to win than another.
    mutating func review(_ node: Int) {
        untilReview -= 1
        guard untilReview <= 0 else { return }
        untilReview = Self.reviewPeriod
        // Twice as much, so that two leaves don't take turns.
        guard makeRoom(promise: 0.5 * promise(node), sparing: node), let slot = openLeaf(node) else { return }
        if shape.classes == 0 { valueLeaf(slot).begin(mean: nodes.summary(node)[1]) }
    }
}
