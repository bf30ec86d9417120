extension Double {
    /// Whether a detector takes this value in; false for NaN and the infinities.
    var isWatchable: Bool { magnitude <= Detector.largestMagnitude }

    /// Whether a detector of errors takes this value for one: 0 or 1, and what lies between goes to the nearer one.
    var isError: Bool { self >= 0.5 }

    /// The value as a detector of bounded values takes it: in 0...1.
    var bounded: Double { min(max(self, 0), 1) }
}
