package import Records
package import Settings

/// What a report draws of one run: how predictions, losses and features went over the stream, and how scores came true.
///
/// - Cost: O(numbers) a record; its memory doesn't grow with the stream.
package struct RunHistory: Sendable {
    package let target: Target
    /// Names of the features that are one number each, in their order.
    package let names: [String]
    package private(set) var windows = StretchedSeries<RunWindow>()
    /// By feature, as `names`.
    package private(set) var features: [StretchedSeries<ValueWindow>]
    /// Two classes: the last class's probability, true where the label was that one. Several: the probability of what was said,
    /// true where it was right. Else empty.
    package private(set) var scores = ScoreBins()
    /// Of a regression: values with labels. Without a target: scores with the labels 0 or 1, where
    /// records had one.
    package private(set) var pairs: PairSample
    /// Records that were evaluated.
    package private(set) var evaluated = 0

    package init(_ settings: PipelineSettings) {
        target = settings.target
        names = settings.numbers.map(\.name)
        features = names.map { _ in StretchedSeries() }
        pairs = PairSample(seed: settings.seed)
    }

    /// Takes in one prediction and the numbers that it was made of.
    /// - Parameters:
    ///   - record: its number in the stream, from 1.
    ///   - row: as many as `names`; NaN where one is missing.
    mutating func add(record: Int, score: Double, row: UnsafeBufferPointer<Float>) {
        windows.withWindow(of: record) { $0.score.add(score) }
        for feature in 0..<min(features.count, row.count) {
            let value = Double(row[feature])
            features[feature].withWindow(of: record) { window in
                if value.isNaN { window.missing += 1 } else { window.values.add(value) }
            }
        }
    }

    /// Takes in what became of a prediction.
    mutating func add(record: Int, _ example: LabelledExample, loss: Double?, error: Double?) {
        evaluated += 1
        windows.withWindow(of: record) { window in
            if let loss { window.loss.add(loss, weight: example.weight) }
            if let error { window.error.add(error, weight: example.weight) }
        }
        let prediction = example.prediction
        switch (target, example.label) {
        case (.binary, .classIndex(let truth)):
            scores.add(prediction.score, hit: truth == 1)
        case (.multiclass, .classIndex(let truth)):
            scores.add(prediction.score, hit: truth == prediction.classIndex)
        case (.regression, .value(let truth)): pairs.add(score: prediction.score, truth: truth)
        case (.unlabelled, let label): pairs.add(score: prediction.score, truth: label.target ?? .nan)
        default: break
        }
    }
}
