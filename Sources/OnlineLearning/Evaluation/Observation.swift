/// One prediction with its truth, as the metrics see it.
struct Observation {
    var score: Double
    /// 0 or 1 for classes, else the value.
    var label: Double
    var weight: Double
    /// Predicted class in bit 0; whether the last label would have been right in bit 1.
    var flags: UInt8

    @inline(__always)
    var predicted: Int { Int(flags & 1) }

    @inline(__always)
    var lastLabelWasRight: Bool { flags & 2 != 0 }
}
