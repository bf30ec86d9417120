package import Records

// The map: what crosses the borders between a task's steps, in the order of the data's way.
//
//   1 poll      Consumer, WorkerQueue          → InputRecord           (Records)
//   2 decode    RecordDecoder                  → DecodedRecord, row    (RecordCodecs)
//   3 encode    FeatureEncoder                 → InputVector           statistics from BEFORE the record
//   4 predict   Learner                        → Prediction            (Records)
//   5 join      the label in the record, or LabelJoin, where labels come later, when they come → LabelledExample
//   6 learn     Learner                        → LearningOutcome       (OnlineLearning)
//   7 watch     SignalWatch                    → DriftReport
//   8 emit      PredictionEncoder, OutputSink  → bytes → topics
//   9 commit    DeliveryLedger, SnapshotBorder → offsets, snapshots

/// A prediction whose label has come.
package struct LabelledExample {
    package var prediction: Prediction
    package var label: Label
    /// Importance, 0 or more; at 0 it is neither evaluated nor learned.
    package var weight: Double
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

/// What the watch has to say: a window's figures for one signal, or that a detector has fired.
package struct DriftReport: Sendable, Equatable {
    package var signal: String
    /// Nil where no detector watches the signal.
    package var detector: String?
    package var isAlert: Bool
    /// Milliseconds since 1970, of the record that ended the window or raised the alert.
    package var time: Int64
    package var offset: Int64
    /// The number of the label that raised it, where one did; nil for a record.
    package var label: UInt64?
    /// The records' numbers within the task, from 1, both included.
    package var first: UInt64
    package var last: UInt64
    /// How many values the signal had in the window.
    package var records: UInt64
    /// The mean over the window for a metric record, the detector's own statistic for an alert.
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
