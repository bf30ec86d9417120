package import DriftDetection
package import Records

/// A test that holds several features together, window by window, against the reference.
package struct JointSettings: Sendable, Hashable {
    /// What the settings and drift records call it.
    package static let word = "mmd"

    /// The first so many rows; before them come those that the features' scales are learned from.
    package var reference: Int
    /// Rows a window.
    package var window: Int
    /// One record in so many gives a row.
    package var every: Int
    package var frequencies: Int

    package init(reference: Int, window: Int, every: Int, frequencies: Int) {
        self.reference = reference
        self.window = window
        self.every = every
        self.frequencies = frequencies
    }

    /// What the watch is made of.
    package func configuration(dimensions: Int, minimumEffect: Double?, seed: UInt64) -> MeanDiscrepancyConfiguration {
        var configuration = MeanDiscrepancyConfiguration(
            dimensions: dimensions, frequencies: frequencies, seed: seed, reference: reference, window: window)
        if let minimumEffect { configuration.minimumEffect = minimumEffect }
        return configuration
    }
}

extension PipelineSettings {
    /// Where the values of these numbers and vectors stand among a row's columns, in the order of the names.
    package func columns(of names: [String]) -> [Int] {
        let layout = RowLayout(features)
        return names.flatMap { name in
            features.indices.filter { features[$0].name == name && features[$0].hasColumns }.flatMap { index in
                layout.places[index].first..<(layout.places[index].first + layout.places[index].length)
            }
        }
    }
}

extension FeatureDeclaration {
    /// Whether each record has the same count of numbers of it.
    package var hasColumns: Bool {
        switch kind {
        case .number, .vector: true
        case .category, .sequence, .timestamp, .text: false
        }
    }
}
