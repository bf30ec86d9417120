internal import Records

/// An entry as numbers, without its place.
extension JoinEntry {
    static let columnCount = 16

    var columns: [UInt64] {
        let (labelKind, labelBits): (UInt64, UInt64) =
            switch label {
            case .absent: (0, 0)
            case .classIndex(let index): (1, UInt64(bitPattern: Int64(index)))
            case .value(let value): (2, value.bitPattern)
            }
        return [
            UInt64(kind.rawValue), UInt64(idLength), UInt64(dense), UInt64(sparse), UInt64(steps),
            UInt64(probabilities), UInt64(bitPattern: offset), UInt64(bitPattern: timestamp),
            UInt64(bitPattern: deadline), prediction.score.bitPattern, UInt64(bitPattern: Int64(prediction.classIndex)),
            weight.bitPattern, labelKind, labelBits, told.bitPattern,
            UInt64(bitPattern: Int64(segment)),
        ]
    }

    /// Nil where no entry is like this, whatever the pipeline.
    init?(columns: ArraySlice<UInt64>) {
        let values = Array(columns)
        let lengths = values[1...5].map { Int32(exactly: $0) ?? -1 }
        guard values.count == Self.columnCount, let kind = Int(exactly: values[0]).flatMap(Kind.init(rawValue:)),
            lengths.allSatisfy({ $0 >= 0 && $0 <= 1 << 28 }), let label = Self.label(values[12], values[13])
        else { return nil }
        self.init(
            kind: kind, offset: Int64(bitPattern: values[6]), timestamp: Int64(bitPattern: values[7]),
            deadline: Int64(bitPattern: values[8]), weight: Double(bitPattern: values[11]), label: label)
        prediction = Prediction(
            score: Double(bitPattern: values[9]), classIndex: Int(Int64(bitPattern: values[10])))
        (idLength, dense, sparse, steps, probabilities) = (lengths[0], lengths[1], lengths[2], lengths[3], lengths[4])
        told = Double(bitPattern: values[14])
        guard let segment = Int32(exactly: Int64(bitPattern: values[15])), segment >= -1 else { return nil }
        self.segment = segment
        guard weight >= 0, weight.isFinite, prediction.score.isFinite, told.isNaN || told.isFinite && told >= 0 else {
            return nil
        }
    }

    private static func label(_ kind: UInt64, _ bits: UInt64) -> Label? {
        switch kind {
        case 0: return bits == 0 ? .absent : nil
        case 1: return .classIndex(Int(Int64(bitPattern: bits)))
        case 2:
            let value = Double(bitPattern: bits)
            return value.isFinite ? .value(value) : nil
        default: return nil
        }
    }
}
