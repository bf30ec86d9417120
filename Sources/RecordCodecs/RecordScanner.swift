internal import CRecordScanner
internal import Records

/// Owns the scanner of `CRecordScanner`: the fast way, which accepts or is unsure.
struct RecordScanner: ~Copyable {
    private let scanner: OpaquePointer

    init(_ plan: RecordPlan) {
        let schema = plan.schema
        scanner = record_scanner_create(schema.features.count, schema.largestMagnitude)
        for (index, feature) in schema.features.enumerated() {
            add(plan.features[index], record_role_feature, feature: index)
            if feature.missing == .reject { record_scanner_require(scanner, index) }
        }
        add(plan.id, record_role_id)
        add(plan.timestamp, record_role_timestamp)
        if schema.inlineLabels { add(plan.label, record_role_label) }
        add(plan.weight, record_role_weight)
        guard case .binary(let classes) = schema.target else { return }
        for name in classes {
            switch name {
            case .text(let text):
                withTexts([text]) { record_scanner_add_text_class(scanner, $0[0]) }
            case .number(let number, _): record_scanner_add_number_class(scanner, number)
            case .boolean(let boolean): record_scanner_add_boolean_class(scanner, boolean)
            }
        }
    }

    deinit { record_scanner_destroy(scanner) }

    private func add(_ path: RecordPlan.Path, _ role: record_role, feature: Int = 0) {
        withTexts(path.tokens) { record_scanner_add_path(scanner, $0.baseAddress, $0.count, role, feature) }
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
    func scan(_ value: UnsafeRawBufferPointer, into row: UnsafeMutableBufferPointer<Float>) -> DecodedRecord? {
        var scanned = scanned_record()
        let bytes = value.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard record_scanner_scan(scanner, bytes, value.count, row.baseAddress, &scanned) else { return nil }
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
}
