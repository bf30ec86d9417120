internal import Glibc

/// How much of the stream fell into each leaf, and what that says of a record that falls there.
///
/// - Shape: `[trees, 2^height]` each.
struct HalfSpaceMass: ~Copyable {
    let height: Int
    let trees: Int
    private let smallestShare: Float
    /// Of the finished windows, faded.
    let reference: Storage<Float>
    /// Of the window at hand.
    let latest: Storage<Float>
    /// Made of the masses: log2(1 + density) of the smallest region around the leaf that holds enough mass to be judged. The
    /// density is 1 where the mass is spread evenly over the leaves.
    let densities: Storage<Float>
    /// One tree's masses by node, its root at 1, its leaves from 2^height.
    private let nodes: Storage<Float>

    init(_ configuration: HalfSpaceTreesConfiguration) {
        height = configuration.height
        trees = configuration.trees
        smallestShare = Float(configuration.smallestShare)
        let count = configuration.trees << configuration.height
        reference = Storage(repeating: 0, count: count)
        latest = Storage(repeating: 0, count: count)
        densities = Storage(repeating: 0, count: count)
        nodes = Storage(repeating: 0, count: 2 << configuration.height)
    }

    /// Adds the window at hand to the earlier ones, and begins another.
    func finishWindow(fading: Float) {
        let (old, new) = (reference.base, latest.base)
        for index in 0..<reference.count { old[index] = old[index] * fading + new[index] }
        latest.values.update(repeating: 0)
    }

    /// Makes the densities anew from the finished windows, or where there are none from the one at hand.
    /// - Returns: whether there is any mass.
    @discardableResult
    func judge(_ masses: borrowing Storage<Float>) -> Bool {
        var hasMass = false
        for tree in 0..<trees {
            let leaves = 1 << height
            (nodes.base + leaves).update(from: masses.base + tree * leaves, count: leaves)
            addUp()
            guard nodes[1] > 0 else { continue }
            hasMass = true
            fill(densities.base + tree * leaves, node: 1, depth: 0, enough: smallestShare * nodes[1])
        }
        return hasMass
    }

    /// Every question's mass is that of its two children, level by level from the leaves, eight at a time while there are so many.
    private func addUp() {
        var width = 1 << (height - 1)
        let bytes = UnsafeMutableRawPointer(nodes.base)
        let size = MemoryLayout<Float>.stride
        while width >= SIMD8<Float>.scalarCount {
            for node in stride(from: width, to: 2 * width, by: SIMD8<Float>.scalarCount) {
                let children = bytes.loadUnaligned(fromByteOffset: 2 * node * size, as: SIMD16<Float>.self)
                bytes.storeBytes(
                    of: children.evenHalf + children.oddHalf, toByteOffset: node * size, as: SIMD8<Float>.self)
            }
            width /= 2
        }
        for node in (1..<2 * width).reversed() { nodes[node] = nodes[2 * node] + nodes[2 * node + 1] }
    }

    private func fill(_ leaves: UnsafeMutablePointer<Float>, node: Int, depth: Int, enough: Float) {
        let mass = nodes[node]
        if depth < height && mass > enough {
            fill(leaves, node: 2 * node, depth: depth + 1, enough: enough)
            fill(leaves, node: 2 * node + 1, depth: depth + 1, enough: enough)
        } else {
            let width = 1 << (height - depth)
            let density = mass / nodes[1] * Float(1 << depth)
            (leaves + (node - 1 << depth) * width).update(repeating: log2(1 + density), count: width)
        }
    }
}
