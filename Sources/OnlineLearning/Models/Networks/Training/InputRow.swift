/// How a network takes an input over.
enum InputRow {
    /// An input beyond this isn't learned: scaled ones end at 10,000.
    static let largestMagnitude: Float = 100_000

    /// Copies `[count]` values, brought into ±`largestMagnitude`, NaN as 0.
    /// - Returns: False where that changed any of them.
    @inline(__always)
    static func copy(_ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, count: Int) -> Bool {
        var changed: UInt32 = 0
        for index in 0..<count {
            let value = source[index]
            let isSound = abs(value) <= largestMagnitude
            changed |= isSound ? 0 : 1
            target[index] = isSound ? value : 0
        }
        if changed == 0 { return true }
        for index in 0..<count where abs(source[index]) > largestMagnitude {
            target[index] = source[index] > 0 ? largestMagnitude : -largestMagnitude
        }
        return false
    }

    /// Dense values, then the sparse ones written out.
    @inline(__always)
    static func copy(_ x: InputVector, dense: Int, sparse: Int, into target: UnsafeMutablePointer<Float>) -> Bool {
        precondition(x.dense.count == dense, "a record has one value for each input")
        var isSound = true
        if let base = x.dense.baseAddress { isSound = copy(base, into: target, count: dense) }
        guard sparse > 0 else { return isSound }
        (target + dense).update(repeating: 0, count: sparse)
        for element in x.sparse {
            guard element.index < sparse else {
                isSound = false
                continue
            }
            let place = target + dense + Int(element.index)
            let sum = place.pointee + element.value
            if !(abs(sum) <= largestMagnitude) { isSound = false } else { place.pointee = sum }
        }
        return isSound
    }
}
