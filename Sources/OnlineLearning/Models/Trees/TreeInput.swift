internal import Records

/// What trees take in.
enum TreeInput {
    /// Far beyond what a scaler gives; no square of it can spoil a sum.
    static let largestMagnitude: Float = 1e9
    static let largestWeight = 1e6
    /// No label of a regression is beyond; its square fits a sum of any length.
    static let largestLabel = Double(Float.greatestFiniteMagnitude)
    /// No counter of a sound snapshot gets here.
    static let countLimit: UInt64 = 1 << 62

    /// A label as a number: a class's index, or the value; nil where it can't be.
    /// - Parameter classes: 0 for a regression.
    @inline(__always)
    static func truth(_ label: Label, classes: Int) -> Double? {
        switch label {
        case .absent: nil
        case .classIndex(let index): index >= 0 && index < classes ? Double(index) : nil
        case .value(let value): classes == 0 && abs(value) <= largestLabel ? value : nil
        }
    }

    /// Records learned and updates refused, out of a snapshot.
    static func counters(_ archive: StateArchive, _ name: String) throws(StateError) -> (UInt64, UInt64) {
        let counters = try archive.counters(name, count: 2)
        guard counters.max() ?? 0 < countLimit else {
            throw .impossible(name: name, reason: "more records than there can be")
        }
        return (counters[0], counters[1])
    }
}
