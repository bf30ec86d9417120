package import OnlineLearning
internal import Settings

/// The metrics of one segment.
package struct NamedSegment: Sendable, Equatable {
    /// The category and its value, as in `carrier=AA`; `carrier=*` for all values without metrics of their own.
    package var name: String
    package var values: MetricValues
}

extension EvaluationSettings {
    /// Those that records were in, by their names.
    func named(_ segments: [SegmentValues]) -> [NamedSegment] {
        guard let declared = self.segments else { return [] }
        return segments.filter { $0.values.records > 0 }.map {
            NamedSegment(name: declared.name($0.index), values: $0.values)
        }
    }
}

extension StreamTask {
    /// Over the window of the metrics; empty where no segments are declared. Cost: O(segments n + n log n) with a window of n.
    package var windowedSegments: [NamedSegment] { settings.evaluation.named(evaluation.windowedBySegment) }
}

extension OfflineRun {
    /// Over all records of all tasks; empty where no segments are declared.
    package var segments: [NamedSegment] { evaluationSettings.named(joint().overallBySegment) }
}
