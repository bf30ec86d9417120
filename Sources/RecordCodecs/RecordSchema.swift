package import Records

/// Where a record's parts stand and what they may be.
package struct RecordSchema: Sendable, Equatable {
    package var features: [FeatureDeclaration]
    package var target: Target
    /// JSON Pointers (RFC 6901) into the record.
    package var id: String
    package var timestamp: String
    package var label: String
    package var weight: String
    /// False where labels come on a topic of their own; what stands at `label` is then not looked at.
    package var inlineLabels: Bool
    /// False for records of the labels topic, which have none.
    package var hasFeatures = true
    /// The largest magnitude of a feature, a regression label or a weight.
    package var largestMagnitude: Double

    /// The most numbers that one feature may have, those of all steps of a sequence together.
    package static let mostNumbers = 1 << 20

    /// What labels are compared with: the target's classes; without a target 0 and 1, by which scores are evaluated and
    /// nothing is learned.
    var labelClasses: [ClassName] {
        target == .unlabelled ? [.number(0, spelling: "0"), .number(1, spelling: "1")] : target.classes
    }

    package init(
        features: [FeatureDeclaration], target: Target, id: String = "/id", timestamp: String = "/timestamp",
        label: String = "/label", weight: String = "/weight", inlineLabels: Bool = true,
        largestMagnitude: Double = 1e15
    ) {
        self.features = features
        self.target = target
        self.id = id
        self.timestamp = timestamp
        self.label = label
        self.weight = weight
        self.inlineLabels = inlineLabels
        self.largestMagnitude = largestMagnitude
    }
}

/// A schema that no record can be read with.
package enum RecordSchemaError: Error, Equatable, CustomStringConvertible {
    case noFeatures
    case duplicateFeature(name: String)
    /// A length, a width or a number of steps that no row has room for.
    case wrongSize(feature: String)
    case noClasses
    case malformedPointer(String)
    case largestMagnitudeNotPositive(Double)

    package var disposition: Disposition { .stop }

    package var description: String {
        switch self {
        case .noFeatures: "no feature is declared"
        case .duplicateFeature(let name): "the feature `\(name)` is declared twice"
        case .wrongSize(let feature):
            "the feature `\(feature)` must have 1 to \(RecordSchema.mostNumbers) numbers in all"
        case .noClasses: "a target of classes has no class"
        case .malformedPointer(let pointer):
            "`\(pointer)` is no JSON Pointer to a part of a record: it starts with `/`, and `~` is written `~0`, `/` "
                + "within a name `~1`"
        case .largestMagnitudeNotPositive(let magnitude): "the largest magnitude must be above 0, not \(magnitude)"
        }
    }
}
