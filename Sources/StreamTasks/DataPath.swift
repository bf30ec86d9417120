package import RecordCodecs
package import Records

// The map: what crosses the borders between a task's steps, in the order of the data's way.
//
//   1 poll      Consumer, WorkerQueue          → InputRecord           (Records)
//   2 decode    RecordDecoder                  → DecodedRecord, row    (RecordCodecs)
//   3 encode    FeatureEncoder                 → InputVector           statistics from BEFORE the record
//   4 predict   Learner                        → Prediction            (Records)
//   5 join      the label in the record, or LabelJoin, where labels come later, when they come → LabelledExample
//   6 learn     Learner                        → LearningOutcome       (OnlineLearning)
//   7 watch     SignalWatch                    → WatchReport
//   8 emit      PredictionEncoder, OutputSink  → bytes → topics
//   9 commit    DeliveryLedger, SnapshotBorder → offsets, snapshots

/// A prediction whose label has come.
package struct LabelledExample {
    package var prediction: Prediction
    package var label: Label
    /// Importance, 0 or more; at 0 it is neither evaluated nor learned.
    package var weight: Double
    /// Which of the segments it is evaluated in; -1 for none of those that are declared.
    package var segment = -1
}

/// What one record was, for those who watch.
package struct Observation {
    /// Milliseconds since 1970.
    package var timestamp: Int64
    /// The record's offset; drift records are named after it.
    package var offset: Int64
    /// The input's number within the task, from 1.
    package var number: UInt64
    package var prediction: Prediction
    /// Event time in milliseconds since 1970 as the watch takes it: that of the records before where this one has none, and
    /// never far ahead of the broker's; nil where there was none so far.
    package var watchTime: Int64?
    /// Milliseconds from the event to the broker's time; nil where either isn't known.
    package var lag: Int64?
    /// Nil where the record had no label or no weight.
    package var loss: Double?
    /// 0 or 1 for a class that was right or wrong, the absolute error of a regression; nil as above.
    package var error: Double?
    /// Milliseconds of event time from the record to its label, where that came by itself.
    package var labelDelay: Int64?
    /// The number of the label within the task, from 1, where a label is what came and not a record.
    package var label: UInt64?

    var delaySeconds: Double? { labelDelay.map { Double($0) / 1000 } }
}

/// What the watch has to say.
package enum WatchReport: Sendable, Equatable {
    case window(DriftReport)
    /// - Parameter isOfConcept: whether what the model has learned may no longer hold.
    case alert(DriftAlert, isOfConcept: Bool)
    case recovery(DriftRecovery, isOfConcept: Bool)
}

/// A window's figures for one signal.
package struct DriftReport: Sendable, Equatable {
    package var signal: String
    /// Nil where no detector watches the signal.
    package var detector: String?
    /// Milliseconds since 1970, of the record that ended the window.
    package var time: Int64
    package var offset: Int64
    /// The records' numbers within the task, from 1, both included.
    package var first: UInt64
    package var last: UInt64
    /// How many values the signal had in the window.
    package var records: UInt64
    /// The mean over the window, or the detector's own statistic where one watches.
    package var statistic: Double?
    package var threshold: Double?
    package var drift: Bool
    package var warning: Bool
    package var metrics: [Metric]

    package struct Metric: Sendable, Equatable {
        package var name: String
        package var value: Double
    }
}
