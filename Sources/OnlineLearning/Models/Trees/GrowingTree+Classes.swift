internal import Glibc

extension GrowingTree {
    /// Each class's probability in the leaf into which a record falls.
    /// - Parameter output: `[classes]`.
    @inline(__always)
    func probabilities(_ x: UnsafePointer<Float>, into output: UnsafeMutablePointer<Double>) {
        let node = nodes.leaf(x).index
        majority(nodes.summary(node), into: output)
        let slot = Int(nodes[node].slot)
        guard slot >= 0, configuration.leafPrediction != .majority else { return }
        let bayes = scratch(0)
        let leaf = classLeaf(slot)
        if leaf.naiveBayes(x, priors: nodes.summary(node), into: bayes) {
            soften(bayes)
        } else {
            bayes.update(from: output, count: shape.classes)
        }
        guard configuration.leafPrediction == .adaptive else {
            return output.update(from: bayes, count: shape.classes)
        }
        let (recent, linear) = (scratch(1), scratch(2))
        majority(leaf.recent, into: recent)
        leaf.linearProbabilities(x, into: linear)
        soften(linear)
        let shares = leaf.shares
        for label in 0..<shape.classes {
            output[label] =
                shares[0] * output[label] + shares[1] * bayes[label] + shares[2] * recent[label]
                + shares[3] * linear[label]
        }
    }

    /// Shares of the classes' weights, as if each class had come a little more often than it did.
    private func majority(_ summary: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>) {
        var sum = 0.0
        for label in 0..<shape.classes { sum += summary[label] + Self.pseudoWeight }
        for label in 0..<shape.classes { output[label] = (summary[label] + Self.pseudoWeight) / sum }
    }

    private static var pseudoWeight: Double { 0.5 }

    /// Naive Bayes is too sure of itself: no probability is below a floor.
    private func soften(_ output: UnsafeMutablePointer<Double>) {
        let floor = Self.smallestProbability / Double(shape.classes)
        for label in 0..<shape.classes {
            output[label] = output[label] * (1 - Self.smallestProbability) + floor
        }
    }

    private static var smallestProbability: Double { 0.01 }

    mutating func learn(_ x: UnsafePointer<Float>, label: Int, weight: Double) {
        let (node, depth) = nodes.leaf(x)
        let slot = Int(nodes[node].slot)
        if slot >= 0 && configuration.leafPrediction == .adaptive { compare(x, node, slot, label, weight) }
        nodes.summary(node)[label] += weight
        guard slot >= 0 else { return review(node) }
        classLeaf(slot).learn(x, label: label, weight: weight, recentFading: configuration.recentFading)
        if classLeaf(slot).weightSinceLook >= configuration.gracePeriod { lookForClassSplit(node, depth) }
    }

    private func compare(
        _ x: UnsafePointer<Float>, _ node: Int, _ slot: Int, _ label: Int, _ weight: Double
    ) {
        let leaf = classLeaf(slot)
        let (bayes, other, linear) = (scratch(0), scratch(1), scratch(2))
        var losses = SIMD4<Double>()
        majority(nodes.summary(node), into: other)
        losses[0] = -log(other[label])
        let isKnown = leaf.naiveBayes(x, priors: nodes.summary(node), into: bayes)
        if isKnown { soften(bayes) }
        losses[1] = isKnown ? -log(bayes[label]) : losses[0]
        majority(leaf.recent, into: other)
        losses[2] = -log(other[label])
        leaf.linearProbabilities(x, into: linear)
        leaf.correctLinear(x, label: label, weight: weight, stepSize: stepSize, linear)
        soften(linear)
        losses[3] = -log(linear[label])
        leaf.addLosses(losses, fading: configuration.lossFading)
    }

    private mutating func lookForClassSplit(_ node: Int, _ depth: Int) {
        let slot = Int(nodes[node].slot)
        classLeaf(slot).noteLook()
        guard canGrow(depth: depth), promise(node) > 0 else { return }
        let choice = classLeaf(slot).bestSplit(scratch: scratch(0))
        guard isSure(choice, weight: classLeaf(slot).weight) else { return }
        let (below, above) = (scratch(3), scratch(4))
        classLeaf(slot).divide(choice.place, bin: choice.bin, below, above)
        // The children's slots are taken while the parent still has its own, which they inherit from.
        let mayOpenTwo = slots.used + 2 <= slots.maximum
        let child = nodes.split(node, input: choice.input, threshold: choice.threshold)
        nodes.summary(child).update(from: below, count: shape.classes)
        nodes.summary(child + 1).update(from: above, count: shape.classes)
        replace(node, slot, by: child, mayOpenTwo: mayOpenTwo)
    }
}
