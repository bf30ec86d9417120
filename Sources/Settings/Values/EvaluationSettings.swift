package import Records

package struct EvaluationSettings: Sendable, Equatable {
    /// A category by whose values metrics are told apart.
    package struct Segments: Sendable, Equatable {
        /// The feature's name.
        package var feature: String
        /// Those with metrics of their own, in the order of their declaration.
        package var values: [ClassName]

        /// Of a value's index, which is nil for all others together.
        package func name(_ index: Int?) -> String { feature + "=" + (index.map { values[$0].description } ?? "*") }
    }

    /// The window of the windowed metrics and of the drift topic's metric records.
    package var window: WindowLength
    /// What a record's share of the faded metrics is worth after one more, 0 to 1.
    package var fading: Double
    /// Nil where metrics aren't told apart.
    package var segments: Segments?
    /// Of a regression's pinball loss, 0 to 1; nil for none.
    package var quantile: Double?

    package init(window: WindowLength, fading: Double, segments: Segments? = nil, quantile: Double? = nil) {
        self.window = window
        self.fading = fading
        self.segments = segments
        self.quantile = quantile
    }
}
