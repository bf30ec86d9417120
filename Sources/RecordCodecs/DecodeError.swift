package import Records

/// One part of a record.
package enum RecordField: Sendable, Equatable {
    /// By its place among the declared features.
    case feature(Int)
    case id
    case timestamp
    case label
    case weight
}

/// Why a record is refused: where, and what was wrong. Trivial values; the words come from `RecordDecoder.explain`.
package enum DecodeError: Error, Sendable, Equatable {
    case tombstone
    /// jansson refuses it.
    case malformedJSON
    /// The path leads through something that is neither an object nor an array with such an index.
    case noContainer(RecordField)
    case noFeaturePresent
    /// Absent or null, as a whole or in part, and its policy is to reject.
    case missingFeature(Int)
    case wrongType(RecordField)
    /// A vector, or a step of a sequence, that has another count of numbers than declared.
    case wrongLength(RecordField)
    /// Beyond the largest magnitude or beyond Float32.
    case outOfRange(RecordField)
    case unknownClass
    /// A label record that says none, or none of the target's.
    case missingLabel
    /// A label record with neither id nor key, or, joined by key, without one.
    case missingID
    case negativeWeight
    /// Text that is no RFC 3339.
    case wrongTimestamp(RecordField)

    package var disposition: Disposition { .deadLetter }

    /// Stable: for `__connect.errors.exception.class.name` and as the `reason` of the dead letters' counter.
    package var className: String {
        switch self {
        case .tombstone: "Tombstone"
        case .malformedJSON: "MalformedJSON"
        case .noContainer: "NotAnObject"
        case .noFeaturePresent: "NoFeaturePresent"
        case .missingFeature: "MissingFeature"
        case .wrongType: "WrongType"
        case .wrongLength: "WrongLength"
        case .outOfRange: "OutOfRange"
        case .unknownClass: "UnknownClass"
        case .missingLabel: "MissingLabel"
        case .missingID: "MissingID"
        case .negativeWeight: "NegativeWeight"
        case .wrongTimestamp: "WrongTimestamp"
        }
    }

    /// All that `className` can be, in order.
    package static let classNames: [String] = [
        Self.tombstone, .malformedJSON, .noContainer(.id), .noFeaturePresent, .missingFeature(0), .wrongType(.id),
        .wrongLength(.id),
        .outOfRange(.id), .unknownClass, .missingLabel, .missingID, .negativeWeight, .wrongTimestamp(.timestamp),
    ].map(\.className)
}

/// A `DecodeError` in words.
package struct DecodeReason: Sendable, Equatable {
    package var className: String
    package var message: String
}
