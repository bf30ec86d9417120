internal import CRecordScanner
internal import Records

/// Owns the scanner of `CRecordScanner`: the fast way, which accepts or is unsure.
struct RecordScanner: ~Copyable {
    private let scanner: OpaquePointer

    init(_ plan: RecordPlan) {
        let schema = plan.schema
        scanner = record_scanner_create(plan.layout.columns, schema.largestMagnitude)
        for index in schema.features.indices {
            withTexts(plan.features[index].tokens) {
                record_scanner_add_feature(scanner, $0.baseAddress, $0.count, plan.scanned(index))
            }
        }
        add(plan.id, record_role_id)
        add(plan.timestamp, record_role_timestamp)
        if schema.inlineLabels { add(plan.label, record_role_label) }
        add(plan.weight, record_role_weight)
        for name in schema.labelClasses {
            switch name {
            case .text(let text):
                withTexts([text]) { record_scanner_add_text_class(scanner, $0[0]) }
            case .number(let number, _): record_scanner_add_number_class(scanner, number)
            case .boolean(let boolean): record_scanner_add_boolean_class(scanner, boolean)
            }
        }
    }

    deinit { record_scanner_destroy(scanner) }

    private func add(_ path: RecordPlan.Path, _ role: record_role) {
        withTexts(path.tokens) { record_scanner_add_path(scanner, $0.baseAddress, $0.count, role) }
    }

    private func withTexts(_ texts: [String], _ body: (UnsafeBufferPointer<record_text>) -> Void) {
        let bytes: [UInt8] = texts.flatMap { text -> [UInt8] in Array(text.utf8) + [0] }
        bytes.withUnsafeBufferPointer { all in
            var start = 0
            let views = texts.map { text in
                defer { start += text.utf8.count + 1 }
                return record_text(bytes: all.baseAddress! + start, count: text.utf8.count)
            }
            views.withUnsafeBufferPointer(body)
        }
    }

    /// Nil: unsure.
    func scan(_ value: UnsafeRawBufferPointer, into row: borrowing FeatureRow) -> DecodedRecord? {
        var scanned = scanned_record()
        let bytes = value.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard record_scanner_scan(scanner, bytes, value.count, Self.scanned(row), &scanned) else { return nil }
        let label: Label =
            switch scanned.label_kind {
            case record_label_class: .classIndex(scanned.label_class)
            case record_label_value: .value(scanned.label_value)
            default: .absent
            }
        return DecodedRecord(
            id: scanned.id.bytes.map { UnsafeRawBufferPointer(start: $0, count: scanned.id.count) },
            timestamp: scanned.has_timestamp ? scanned.timestamp : nil, label: label, weight: scanned.weight)
    }

    private static func scanned(_ row: borrowing FeatureRow) -> record_row {
        record_row(
            numbers: row.numbers.baseAddress, codes: row.codes.baseAddress, counts: row.counts.baseAddress)
    }
}

extension RecordPlan {
    /// One feature as the scanner has to know it.
    fileprivate func scanned(_ index: Int) -> record_feature {
        let kind =
            switch schema.features[index].kind {
            case .number: record_kind_number
            case .category: record_kind_category
            case .vector: record_kind_vector
            case .sequence: record_kind_sequence
            case .timestamp: record_kind_time
            case .text: record_kind_text
            }
        let place = layout.places[index]
        return record_feature(
            kind: kind, place: place.first, length: place.length, steps: place.steps, needed: needed(index))
    }
}
