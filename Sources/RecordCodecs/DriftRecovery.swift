internal import JSONTree

/// That an episode has ended, for the drift topic: a CloudEvent.
package struct DriftRecovery: Sendable, Equatable {
    package static let type = "io.millrace.drift.recovered"

    package var origin: DriftOrigin
    /// The watched feature; nil where the signal is about none.
    package var feature: String?
    /// `returned`: the signal is what it was. `settled`: it stays what it has become.
    package var ending: String
    /// From the alert to here.
    package var lasted: UInt64
    package var lastedMilliseconds: Int64?
    /// The largest effect in between, in the signal's unit of effect.
    package var peakEffect: Double
    /// What came of the action that the alert started.
    package var action: String

    package init(
        origin: DriftOrigin, feature: String?, ending: String, lasted: UInt64, lastedMilliseconds: Int64?,
        peakEffect: Double, action: String = "none"
    ) {
        self.origin = origin
        self.feature = feature
        self.ending = ending
        self.lasted = lasted
        self.lastedMilliseconds = lastedMilliseconds
        self.peakEffect = peakEffect
        self.action = action
    }

    /// CloudEvents 1.0 in binary mode, as of an alert.
    package func encoded() -> (headers: [RecordHeader], value: [UInt8]) {
        var members = origin.members
        members["feature"] = feature.map { .string($0) } ?? .null
        members["ending"] = .string(ending)
        members["lasted_records"] = .integer(Int64(clamping: lasted))
        members["lasted_ms"] = lastedMilliseconds.map { .integer($0) } ?? .null
        members["peak_effect"] = .orNull(peakEffect)
        members["action"] = .string(action)
        return (origin.headers(type: Self.type, suffix: "-recovered"), Array(JSONValue.object(members).text.utf8))
    }
}
