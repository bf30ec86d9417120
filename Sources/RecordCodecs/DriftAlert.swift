internal import JSONTree

/// That a signal has changed, for the drift topic: a CloudEvent.
package struct DriftAlert: Sendable, Equatable {
    /// Since when it is different, by estimate.
    package struct Place: Sendable, Equatable {
        /// The task's record, from 1.
        package var record: UInt64
        /// An offset at or shortly before that record, and its event time in milliseconds since 1970; nil where they have been
        /// forgotten.
        package var offset: Int64?
        package var time: Int64?

        package init(record: UInt64, offset: Int64? = nil, time: Int64? = nil) {
            self.record = record
            self.offset = offset
            self.time = time
        }
    }

    /// Records a bin, before and now. The bins end at `edges`, the last one is open, and one more holds the missing values;
    /// where there are no edges, the bins are the declared categories in their order, all others, and the missing.
    package struct Histograms: Sendable, Equatable {
        package var edges: [Double]
        package var reference: [Double]
        package var current: [Double]

        package init(edges: [Double], reference: [Double], current: [Double]) {
            self.edges = edges
            self.reference = reference
            self.current = current
        }
    }

    /// By how much the signal moved.
    package struct Change: Sendable, Equatable {
        /// The means, in the signal's unit; nil where it has none.
        package var before: Double?
        package var after: Double?
        /// In the signal's unit of effect, and the least that is worth an alert.
        package var effect: Double
        package var minimumEffect: Double
        /// What it does to the loss, by estimate, in the loss's unit; nil where nothing is known.
        package var lossEffect: Double?

        package init(
            before: Double?, after: Double?, effect: Double, minimumEffect: Double, lossEffect: Double? = nil
        ) {
            self.before = before
            self.after = after
            self.effect = effect
            self.minimumEffect = minimumEffect
            self.lossEffect = lossEffect
        }
    }

    /// How sure it is.
    package struct Proof: Sendable, Equatable {
        /// The natural logarithm of an e-value, and what the budget of false alarms asked for; nil where the detector has a
        /// rule of its own.
        package var evidence: Double?
        package var level: Double?
        package var pValue: Double?

        package init(evidence: Double?, level: Double?, pValue: Double? = nil) {
            self.evidence = evidence
            self.level = level
            self.pValue = pValue
        }
    }

    package static let type = "io.millrace.drift.detected"

    /// Who says it, of which record.
    package var origin: DriftOrigin
    /// The watched feature; nil where the signal is about none.
    package var feature: String?
    /// The detector's own figures.
    package var statistic: Double?
    package var threshold: Double?
    package var change: Change
    package var since: Place
    package var proof: Proof
    /// From 1: the alerts of one record, the costliest change first.
    package var rank: Int
    package var histograms: Histograms?
    /// What was done about it, as the setting `alerts.action` names it.
    package var action: String
    /// Signals that changed at the same record and have no alert of their own.
    package var alongside: [String]

    package init(
        origin: DriftOrigin, feature: String?, statistic: Double?, threshold: Double?, change: Change, since: Place,
        proof: Proof, rank: Int = 1, histograms: Histograms? = nil, action: String = "none", alongside: [String] = []
    ) {
        self.origin = origin
        self.feature = feature
        self.statistic = statistic
        self.threshold = threshold
        self.change = change
        self.since = since
        self.proof = proof
        self.rank = rank
        self.histograms = histograms
        self.action = action
        self.alongside = alongside
    }

    /// CloudEvents 1.0 in binary mode: the value is the data alone, its attributes are headers.
    package func encoded() -> (headers: [RecordHeader], value: [UInt8]) {
        var members = origin.members
        members["feature"] = feature.map { .string($0) } ?? .null
        members["statistic"] = .orNull(statistic)
        members["threshold"] = .orNull(threshold)
        members["before"] = .orNull(change.before)
        members["after"] = .orNull(change.after)
        members["effect"] = .orNull(change.effect)
        members["minimum_effect"] = .orNull(change.minimumEffect)
        members["loss_effect"] = .orNull(change.lossEffect)
        members["rank"] = .integer(Int64(rank))
        members["since"] = [
            "record": .integer(Int64(clamping: since.record)), "offset": since.offset.map { .integer($0) } ?? .null,
            "time": since.time.map { .integer($0) } ?? .null,
        ]
        members["evidence"] = .orNull(proof.evidence)
        members["level"] = .orNull(proof.level)
        members["p_value"] = .orNull(proof.pValue)
        members["histograms"] =
            histograms.map {
                [
                    "edges": .array($0.edges.map(JSONValue.orNull)),
                    "reference": .array($0.reference.map(JSONValue.orNull)),
                    "current": .array($0.current.map(JSONValue.orNull)),
                ]
            } ?? .null
        members["action"] = .string(action)
        members["alongside"] = .array(alongside.map { .string($0) })
        return (origin.headers(type: Self.type, suffix: ""), Array(JSONValue.object(members).text.utf8))
    }
}

extension JSONValue {
    /// A number that JSON has no word for becomes null.
    static func orNull(_ number: Double?) -> JSONValue {
        guard let number, number.isFinite else { return .null }
        return .number(number)
    }
}
