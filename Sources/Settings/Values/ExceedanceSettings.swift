/// How often a score lies beyond a high quantile of its reference.
package struct ExceedanceSettings: Sendable, Hashable {
    /// What the settings and drift records call it.
    package static let word = "exceedance"

    /// The first so many scores.
    package var reference: Int
    /// In (0, 1).
    package var quantile: Double

    package init(reference: Int, quantile: Double) {
        self.reference = reference
        self.quantile = quantile
    }
}
