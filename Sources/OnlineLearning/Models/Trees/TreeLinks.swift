internal import Records

/// The nodes of a tree as a snapshot tells them, checked: every node but the root has one parent, which stands before it.
struct TreeLinks {
    /// Without thresholds; a slot of 0 stands for a leaf with statistics.
    private(set) var nodes: [TreeNode] = []

    init(_ archive: StateArchive, _ name: String, _ configuration: HoeffdingTreeConfiguration) throws(StateError) {
        let links = try archive.counters(name)
        let count = links.count / 3
        guard links.count == 3 * count, count % 2 == 1, count <= configuration.maximumNodes else {
            throw .impossible(name: name, reason: "so many nodes can't be")
        }
        // The depth of each node; below 0 where no parent has been met.
        var depths = [Int](repeating: -1, count: count)
        depths[0] = 0
        for index in 0..<count {
            let (input, child, active) = (links[3 * index], links[3 * index + 1], links[3 * index + 2])
            guard depths[index] >= 0, active <= 1, input <= UInt64(configuration.totalInputs) else {
                throw .impossible(name: name, reason: "node \(index) has no parent, or no such input")
            }
            if input == 0 {
                guard child == 0 else { throw .impossible(name: name, reason: "the leaf \(index) has children") }
                nodes.append(TreeNode(slot: active == 1 ? 0 : -1))
                continue
            }
            guard active == 0, child > UInt64(index), child < UInt64(count - 1), child % 2 == 1,
                depths[Int(child)] < 0, depths[index] < configuration.maximumDepth
            else { throw .impossible(name: name, reason: "the children of node \(index) aren't its own, or too deep") }
            depths[Int(child)] = depths[index] + 1
            depths[Int(child) + 1] = depths[index] + 1
            nodes.append(TreeNode(input: Int32(input - 1), child: Int32(child)))
        }
    }
}
