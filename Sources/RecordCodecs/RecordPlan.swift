internal import Records

/// A schema with its pointers taken apart.
struct RecordPlan {
    struct Path {
        let pointer: String
        let tokens: [String]

        init(_ pointer: String) throws(RecordSchemaError) {
            self.pointer = pointer
            guard pointer.hasPrefix("/") else { throw .malformedPointer(pointer) }
            var tokens: [String] = []
            for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
                guard let name = Self.unescaped(part.utf8) else { throw .malformedPointer(pointer) }
                tokens.append(name)
            }
            self.tokens = tokens
        }

        private static func unescaped(_ part: Substring.UTF8View) -> String? {
            var name: [UInt8] = []
            var bytes = part.makeIterator()
            while let byte = bytes.next() {
                if byte == UInt8(ascii: "~") {
                    switch bytes.next() {
                    case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
                    case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
                    default: return nil
                    }
                } else {
                    name.append(byte)
                }
            }
            return String(decoding: name, as: UTF8.self)
        }
    }

    let schema: RecordSchema
    let layout: RowLayout
    let features: [Path]
    let id: Path
    let timestamp: Path
    let label: Path
    let weight: Path

    init(_ schema: RecordSchema) throws(RecordSchemaError) {
        guard !schema.features.isEmpty || !schema.hasFeatures else { throw .noFeatures }
        switch schema.target {
        case .binary(let classes), .multiclass(let classes): if classes.isEmpty { throw .noClasses }
        case .regression, .unlabelled: break
        }
        guard schema.largestMagnitude > 0 else { throw .largestMagnitudeNotPositive(schema.largestMagnitude) }
        var names: Set<String> = []
        var features: [Path] = []
        for feature in schema.features {
            guard names.insert(feature.name).inserted else { throw .duplicateFeature(name: feature.name) }
            guard Self.fits(feature.kind) else { throw .wrongSize(feature: feature.name) }
            features.append(try Path(feature.path))
        }
        self.schema = schema
        layout = RowLayout(schema.features)
        self.features = features
        id = try Path(schema.id)
        timestamp = try Path(schema.timestamp)
        label = try Path(schema.label)
        weight = try Path(schema.weight)
    }

    /// The least count of a feature without which a record is refused; 0 where it may be missing.
    func needed(_ index: Int) -> Int {
        guard schema.features[index].missing == .reject else { return 0 }
        return if case .vector(let length, _) = schema.features[index].kind { length } else { 1 }
    }

    private static func fits(_ kind: FeatureKind) -> Bool {
        let most = RecordSchema.mostNumbers
        return switch kind {
        case .vector(let length, _): (1...most).contains(length)
        case .sequence(let width, let steps): (1...most).contains(width) && (1...most / width).contains(steps)
        case .number, .category, .timestamp, .text: true
        }
    }

    subscript(field: RecordField) -> Path {
        switch field {
        case .feature(let index): features[index]
        case .id: id
        case .timestamp: timestamp
        case .label: label
        case .weight: weight
        }
    }
}
