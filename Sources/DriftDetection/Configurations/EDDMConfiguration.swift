/// Parameters of `EDDM`; the defaults are the paper's and those of all libraries.
public struct EDDMConfiguration: Sendable, Hashable {
    /// No change is reported before about so many errors (and values); at least 1.
    public var minimumErrors: Int
    /// It warns where the distance of errors falls to this share of its greatest; in (0, 1), above `driftShare`.
    public var warningShare: Double
    /// It reports where the distance of errors falls to this share of its greatest; in (0, 1).
    public var driftShare: Double

    public init(minimumErrors: Int = 30, warningShare: Double = 0.95, driftShare: Double = 0.9) {
        self.minimumErrors = minimumErrors
        self.warningShare = warningShare
        self.driftShare = driftShare
    }
}
