internal import OnlineLearning

/// One metric as it is expected to be while labels are out, or, of predictions whose labels have come, next to what it was.
package struct PerformanceEstimate: Sendable, Equatable {
    package enum Scope: String, Sendable, CaseIterable {
        /// To be expected of the predictions that wait for their labels.
        case waiting
        /// What had been expected of those whose labels have come lately.
        case labelled
        /// What these turned out to be.
        case realized
    }

    /// As the prequential metric is called: `accuracy`, `log_loss`, `mae`.
    package var metric: String
    package var scope: Scope
    package var value: Double

    /// - Cost: O(bins), allocates.
    static func all(_ estimate: borrowing EstimatedPerformance) -> [PerformanceEstimate] {
        let recent = estimate.recent
        return [(Scope.waiting, estimate.waiting), (.labelled, recent.expected), (.realized, recent.came)]
            .flatMap { scope, values in
                values.named.map { PerformanceEstimate(metric: $0.name, scope: scope, value: $0.value) }
            }
    }

    /// Its name among a window's figures.
    var windowName: String {
        switch scope {
        case .waiting: "estimated_\(metric)"
        case .labelled: "recent_estimated_\(metric)"
        case .realized: "recent_realized_\(metric)"
        }
    }
}
