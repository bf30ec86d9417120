internal import Records

/// A tree as a snapshot has it: the nodes in their order, then the statistics of those leaves that have some, in the order of their
/// nodes.
extension GrowingTree {
    func save(to archive: inout StateArchive, under prefix: String) {
        var links: [UInt64] = []
        var thresholds: [Float] = []
        var leaves: [Double] = []
        var watched: [UInt64] = []
        for index in 0..<nodes.count {
            let node = nodes[index]
            links += [UInt64(node.input + 1), UInt64(node.child), node.slot >= 0 ? 1 : 0]
            thresholds.append(node.threshold)
            guard node.slot >= 0 else { continue }
            let slot = Int(node.slot)
            leaves += UnsafeBufferPointer(start: slots.values(slot), count: shape.leaf)
            watched += UnsafeBufferPointer(start: slots.inputs(slot), count: shape.observed).map { UInt64($0) }
        }
        archive.put(prefix + "/nodes", counters: links)
        archive.put(prefix + "/thresholds", floats: thresholds)
        archive.put(
            prefix + "/summaries",
            doubles: UnsafeBufferPointer(start: nodes.summary(0), count: nodes.count * shape.summary))
        archive.put(prefix + "/leaves", doubles: leaves)
        archive.put(prefix + "/watched", counters: watched)
        archive.put(prefix + "/until-review", counters: [UInt64(untilReview)])
        generator.save(to: &archive, under: prefix + "/generator")
    }

    /// Takes over a tree that has been checked as a whole, or none of it.
    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let links = try TreeLinks(archive, prefix + "/nodes", configuration)
        let active = links.nodes.filter { $0.slot >= 0 }.count
        guard active <= slots.maximum else {
            throw .impossible(name: prefix + "/nodes", reason: "more leaves with statistics than there is room for")
        }
        let thresholds = try archive.floats(prefix + "/thresholds", count: links.nodes.count)
        let summaries = try archive.doubles(prefix + "/summaries", count: links.nodes.count * shape.summary)
        let leaves = try archive.doubles(prefix + "/leaves", count: active * shape.leaf)
        let watched = try archive.counters(prefix + "/watched", count: active * shape.observed)
        let untilReview = try archive.counters(prefix + "/until-review", count: 1)[0]
        try TreeStatistics.check(thresholds: thresholds, prefix + "/thresholds")
        try TreeStatistics.check(summaries: summaries, shape, prefix + "/summaries")
        try TreeStatistics.check(leaves: leaves, shape, prefix + "/leaves")
        guard watched.allSatisfy({ $0 < UInt64(shape.inputs) }) else {
            throw .impossible(name: prefix + "/watched", reason: "an input that there isn't")
        }
        guard untilReview <= UInt64(Self.reviewPeriod) else {
            throw .impossible(name: prefix + "/until-review", reason: "further away than the period")
        }
        var generator = self.generator
        try generator.restore(from: archive, under: prefix + "/generator")
        self.generator = generator
        self.untilReview = Int(untilReview)
        take(links.nodes, thresholds, summaries, leaves, watched)
    }

    private mutating func take(
        _ links: [TreeNode], _ thresholds: [Float], _ summaries: [Double], _ leaves: [Double], _ watched: [UInt64]
    ) {
        slots.removeAll()
        nodes.reset(count: links.count)
        nodes.summary(0).update(from: summaries, count: summaries.count)
        for (index, link) in links.enumerated() {
            nodes[index] = TreeNode(threshold: thresholds[index], input: link.input, child: link.child, slot: -1)
            guard link.slot >= 0, let slot = slots.take(for: index) else { continue }
            nodes[index].slot = Int32(slot)
            for place in 0..<shape.leaf { slots.values(slot)[place] = leaves[slot * shape.leaf + place] }
            for place in 0..<shape.observed {
                slots.inputs(slot)[place] = UInt32(watched[slot * shape.observed + place])
            }
        }
    }
}
