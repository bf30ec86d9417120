internal import Foundation
internal import JSONTree
internal import Records
internal import Snapshots

extension SnapshotListing {
    /// One row of `millrace snapshots list`.
    var line: String {
        [
            String(partition).leftPadded(to: 9), records.grouped.leftPadded(to: 12),
            (metadata?.recordsLearned.grouped ?? "?").leftPadded(to: 12), bytes.grouped.leftPadded(to: 12),
            isVerified ? "     yes " : "      NO ", path,
        ].joined(separator: " ")
    }
}

extension SnapshotMetadata {
    /// What `millrace snapshots show` prints above the tensors.
    var lines: [(name: String, value: String)] {
        [
            ("pipeline", pipeline), ("format", String(formatVersion)),
            ("positions", positions.map(\.description).joined(separator: " ")),
            ("records consumed", recordsConsumed.grouped), ("records learned", recordsLearned.grouped),
            ("features", features.joined(separator: ", ")), ("settings digest", settingsDigest),
            ("metrics", metrics.text),
            (
                "written",
                Date(timeIntervalSince1970: Double(writtenAt) / 1000).formatted(
                    Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            ),
            ("gaps", gaps.isEmpty ? "none" : gaps.map(\.description).joined(separator: " ")),
            ("library", library), ("BLAS core", blasCore), ("checksum", checksum),
        ]
    }
}

extension Snapshot {
    /// What `millrace snapshots show --json` prints.
    var json: JSONValue {
        var object = JSONObject(metadata.lines.map { ($0.name.replacing(" ", with: "_"), JSONValue.string($0.value)) })
        object["metrics"] = metadata.metrics
        object["gaps"] = .array(metadata.gaps.map(\.json))
        object["tensors"] = .array(
            state.names.compactMap { name in
                state[name].map { tensor in
                    [
                        "name": .string(name), "element": .string(tensor.element.rawValue),
                        "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
                    ]
                }
            })
        return .object(object)
    }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
