internal import Records

/// What the numbers of a tree in a snapshot must be like, so that none of them can spoil a prediction.
enum TreeStatistics {
    /// Beyond every sum that sound records lead to; its square is finite.
    private static let largest = 1e90

    static func check(thresholds: [Float], _ name: String) throws(StateError) {
        guard thresholds.allSatisfy({ abs($0) <= 4 * TreeInput.largestMagnitude }) else {
            throw .impossible(name: name, reason: "a threshold that no input can reach")
        }
    }

    static func check(summaries: [Double], _ shape: TreeShape, _ name: String) throws(StateError) {
        try checkMagnitudes(summaries, name)
        for (index, value) in summaries.enumerated() where value < 0 {
            let isMean = shape.classes == 0 && index % ValueSummary.count == 1
            guard isMean else { throw .impossible(name: name, reason: "a weight below 0") }
        }
    }

    static func check(leaves: [Double], _ shape: TreeShape, _ name: String) throws(StateError) {
        try checkMagnitudes(leaves, name)
        guard shape.leaf > 0 else { return }
        var isSound = true
        leaves.withUnsafeBufferPointer { values in
            for start in stride(from: 0, to: values.count, by: shape.leaf) {
                let leaf = UnsafeBufferPointer(rebasing: values[start..<start + shape.leaf])
                isSound =
                    isSound && (shape.classes > 0 ? ClassLeaf.isSound(leaf, shape) : ValueLeaf.isSound(leaf, shape))
            }
        }
        guard isSound else { throw .impossible(name: name, reason: "a weight or a width below 0, or too large") }
    }

    private static func checkMagnitudes(_ values: [Double], _ name: String) throws(StateError) {
        guard values.allSatisfy({ abs($0) <= largest }) else {
            throw .impossible(name: name, reason: "not finite, or larger than a sum can be")
        }
    }
}

extension InputHistogram {
    private static let largestPlace = 1e12

    var isSound: Bool { abs(low) <= Self.largestPlace && width >= 0 && width <= Self.largestPlace }
}

extension ClassLeaf {
    static func isSound(_ values: UnsafeBufferPointer<Double>, _ shape: TreeShape) -> Bool {
        var watched: UInt32 = 0
        guard let base = values.baseAddress else { return true }
        return withUnsafeMutablePointer(to: &watched) { watched in
            let leaf = ClassLeaf(UnsafeMutablePointer(mutating: base), inputs: watched, shape)
            return (0..<shape.classes).allSatisfy { leaf.weights[$0] >= 0 && leaf.recent[$0] >= 0 }
                && (0..<shape.classes * shape.observed).allSatisfy { leaf.squares[$0] >= 0 }
                && (0..<shape.observed).allSatisfy { leaf.histogram($0).isSound }
        }
    }
}

extension ValueLeaf {
    static func isSound(_ values: UnsafeBufferPointer<Double>, _ shape: TreeShape) -> Bool {
        var watched: UInt32 = 0
        guard let base = values.baseAddress else { return true }
        return withUnsafeMutablePointer(to: &watched) { watched in
            let leaf = ValueLeaf(UnsafeMutablePointer(mutating: base), inputs: watched, shape)
            return leaf.weight >= 0 && (0..<shape.observed).allSatisfy { leaf.histogram($0).isSound }
        }
    }
}
