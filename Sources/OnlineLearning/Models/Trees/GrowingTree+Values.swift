extension GrowingTree {
    /// The value in the leaf into which a record falls; 0 before the first record.
    @inline(__always)
    func value(_ x: UnsafePointer<Float>) -> Double {
        let node = nodes.leaf(x).index
        let slot = Int(nodes[node].slot)
        let mean = nodes.summary(node)[1]
        guard slot >= 0 else { return mean }
        let leaf = valueLeaf(slot)
        switch configuration.leafPrediction {
        case .majority: return mean
        case .model: return leaf.linearPrediction(x)
        case .adaptive: return mean + leaf.linearShare * (leaf.linearPrediction(x) - mean)
        }
    }

    mutating func learn(_ x: UnsafePointer<Float>, value: Double, weight: Double) {
        let (node, depth) = nodes.leaf(x)
        let slot = Int(nodes[node].slot)
        var summary = ValueSummary(nodes.summary(node))
        let isFirst = summary.weight == 0
        let mean = isFirst ? value : summary.mean
        summary.add(value, weight: weight)
        summary.store(nodes.summary(node))
        guard slot >= 0 else { return review(node) }
        let leaf = valueLeaf(slot)
        if isFirst && node == 0 { leaf.begin(mean: value) }
        leaf.learn(
            x, value: value, weight: weight, mean: mean, stepSize: stepSize,
            fading: configuration.lossFading)
        if leaf.weightSinceLook >= configuration.gracePeriod { lookForValueSplit(node, depth) }
    }

    private mutating func lookForValueSplit(_ node: Int, _ depth: Int) {
        let slot = Int(nodes[node].slot)
        valueLeaf(slot).noteLook()
        guard canGrow(depth: depth), promise(node) > 0 else { return }
        let choice = valueLeaf(slot).bestSplit()
        guard isSure(choice, weight: valueLeaf(slot).weight) else { return }
        let (below, above) = valueLeaf(slot).divide(choice.place, bin: choice.bin)
        // The children's slots are taken while the parent still has its own, which they inherit from.
        let mayOpenTwo = slots.used + 2 <= slots.maximum
        let child = nodes.split(node, input: choice.input, threshold: choice.threshold)
        below.store(nodes.summary(child))
        above.store(nodes.summary(child + 1))
        replace(node, slot, by: child, mayOpenTwo: mayOpenTwo)
    }
}
