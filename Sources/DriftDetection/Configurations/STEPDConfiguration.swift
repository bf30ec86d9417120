/// Parameters of `STEPD`; the defaults are the paper's and MOA's.
public struct STEPDConfiguration: Sendable, Hashable {
    /// The recent values that are held against all before them; at least 1.
    public var window: Int
    /// A change is reported where the test's p is below this; in (0, 1).
    public var driftAlpha: Double
    /// It warns where the test's p is below this; in (0, 1).
    public var warningAlpha: Double

    public init(window: Int = 30, driftAlpha: Double = 0.003, warningAlpha: Double = 0.05) {
        self.window = window
        self.driftAlpha = driftAlpha
        self.warningAlpha = warningAlpha
    }
}
