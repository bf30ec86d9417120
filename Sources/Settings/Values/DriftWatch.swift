package import DriftDetection

/// One thing that is watched, and how; for features one watch each.
package struct DriftWatch: Sendable, Hashable {
    package enum Signal: String, Sendable, CaseIterable {
        /// The loss of each labelled record, before it is learned.
        case loss
        /// 0 or 1 for a class that was right or wrong; the absolute error of a regression.
        case error
        /// Metrics of the evaluation over its window, one value a window.
        case metric
        /// The score, labelled or not; the predicted class where there are more than two.
        case prediction
        /// The raw value of features: numbers, and categories whose values are declared.
        case feature
        /// Several numbers together: whether they still go with each other.
        case features
        /// What comes in, whatever it says: `QualityCheck`.
        case quality
        /// Seconds of event time from a record to its label, where labels come later.
        case labelDelay = "label-delay"

        /// Whether what the model has learned may no longer hold; else it is what comes in that has changed.
        package var isOfConcept: Bool {
            switch self {
            case .loss, .error, .metric: true
            case .prediction, .feature, .features, .quality, .labelDelay: false
            }
        }
    }

    package var watch: Signal
    package var detector: WatchDetector
    /// Names of the watched features, for `feature`, `features` and the checks that are about features; empty for the other signals. All
    /// of them are written out.
    package var features: [String] = []
    /// Names of the watched metrics, for `metric` alone.
    package var metrics: [String] = []
    /// For `quality` alone.
    package var checks: [QualityCheck] = []
    /// The effect below which nobody would act, in the signal's unit of effect; nil for the signal's own.
    package var minimumEffect: Double?
    /// Of each of `features` what a file says that is its reference; empty where the stream says it.
    package var samples: [ReferenceSample] = []
}

/// What holds a signal against what it was.
package enum WatchDetector: Sendable, Hashable {
    /// Evidence after every value, from the budget that all signals share.
    case evidence(EDetectorConfiguration)
    /// Evidence at the end of a window of values, from the same budget.
    case distribution(DistributionSettings)
    /// The same of several features together.
    case joint(JointSettings)
    /// Evidence after every score, of how often they are high.
    case exceedance(ExceedanceSettings)
    /// A detector with its own rule; its false alarms are outside of the budget's promise.
    case scalar(DetectorConfiguration)
}

/// A test over windows of values.
package struct DistributionSettings: Sendable, Hashable {
    package var test: DistributionTest
    package var reference: DistributionWatchConfiguration.Reference
    /// The file that the reference is from; then its samples stand in the watch, and `reference` says nothing.
    package var file: String?
    /// Values a window.
    package var window: Int
    /// One record in so many gives a value.
    package var every: Int

    package init(
        test: DistributionTest, reference: DistributionWatchConfiguration.Reference, file: String? = nil, window: Int,
        every: Int
    ) {
        self.test = test
        self.reference = reference
        self.file = file
        self.window = window
        self.every = every
    }

    /// What the watch is made of.
    /// - Parameter categories: nil for numbers. Their order says nothing, so tests that go by order become chi-squared.
    package func configuration(categories: Int?, minimumEffect: Double?) -> DistributionWatchConfiguration {
        DistributionWatchConfiguration(
            kind: categories.map { .categories($0) } ?? .numbers(bins: 10),
            test: categories != nil && test.needsNumbers ? .chiSquared : test, reference: reference, window: window,
            minimumEffect: minimumEffect ?? 0.1)
    }
}

/// What may go wrong with the data before anything is learned from it.
package enum QualityCheck: String, Sendable, CaseIterable {
    /// The share of records in which a feature is absent or null.
    case missing
    /// The share of records in which a category has none of its declared values.
    case newCategory = "new-category"
    /// The share of records in which a number lies outside the range of the first thousand.
    case outOfRange = "out-of-range"
    /// The share of records that went to dead letters.
    case refused
    /// Records a unit of event time.
    case volume
    /// How much later the broker got a record than it happened.
    case lag

    /// The effect below which nobody would act: shares; for the volume, binary orders of magnitude; for the lag, seconds.
    package var minimumEffect: Double {
        switch self {
        case .missing, .newCategory, .refused: 0.02
        case .outOfRange: 0.05
        case .volume: 1
        case .lag: 60
        }
    }

    /// Whether there is one signal a feature.
    package var isOfFeatures: Bool {
        switch self {
        case .missing, .newCategory, .outOfRange: true
        case .refused, .volume, .lag: false
        }
    }
}

/// How many alerts there may be, and what is done at one.
package struct AlertSettings: Sendable, Hashable {
    package enum Action: String, Sendable, CaseIterable {
        case none
        /// Records count for more for a while: a larger step, for whatever learner takes steps.
        case raiseStepSize = "raise-step-size"
        /// The statistics that features are scaled with start anew.
        case resetScaler = "reset-scaler"
        /// The model starts anew.
        case resetModel = "reset-model"
        /// A second model starts anew beside the first and takes its place once it has proved better.
        case swapModel = "swap-model"
    }

    package var budget: FalseAlarmBudget.Configuration
    package var policy: AlertPolicy
    /// Alerts that one record may bring.
    package var most: Int
    package var action: Action
    /// `raise-step-size`: what a record's weight is multiplied with.
    package var factor: Double
    /// How many records the step stays raised, or a second model has to prove itself.
    package var records: Int
    /// Records after which the second model is compared with the first, again and again.
    package var window: Int
}
