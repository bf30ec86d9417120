import Foundation
import JSONTree
import Records

import Snapshots

/// A snapshot with every element type, an empty tensor, and names that need escaping.
func sampleSnapshot(records: UInt64 = 45_312) -> Snapshot {
    var state = StateArchive()
    state.put("scaler/mean", doubles: [0.5, -0.0, .pi, .leastNonzeroMagnitude])
    state.put("model/weights", floats: [1, -2.5, .leastNonzeroMagnitude, 3e38, 0, 7])
    state.put("counters/odd", bytes: [1, 2, 3])
    state.put("counters/records", counters: [0, .max, 1 << 53 + 1])
    state.put("batch/rows", .init(element: .float32, shape: [0, 6], bytes: []))
    let square: [Double] = [1, 2, 3, 4, 5, 6]
    square.withUnsafeBufferPointer { state.put("quoted \"ß\"\\/matrix", doubles: $0, shape: [2, 3]) }
    return Snapshot(metadata: sampleMetadata(records: records), state: state)
}

func sampleMetadata(records: UInt64 = 45_312) -> SnapshotMetadata {
    SnapshotMetadata(
        pipeline: "electricity",
        settings: [.init(key: "model.kind", text: "logistic"), .init(key: "learning.batch", text: "1")],
        settingsDigest: String(repeating: "ab", count: 32), features: ["nswprice", "größe \"quoted\""],
        positions: [
            RecordPosition(topic: "electricity.features", partition: 3, next: NextOffset(Int64(records / 4 + 7))),
            RecordPosition(topic: "electricity.labels", partition: 3, next: NextOffset(1 << 53 + 1)),
        ],
        journalPosition: 12, journalMark: JournalMark(epoch: 3, writer: .max, sequence: 1 << 40),
        recordsConsumed: records, recordsSeen: records, recordsLearned: records / 2,
        metrics: ["accuracy": 0.9081, "records": 45_312], writtenAt: 1_700_000_000_123,
        gaps: [
            InputGap(
                topic: "electricity.features", partition: 3, from: NextOffset(5), to: NextOffset(9),
                toldAt: NextOffset(11))
        ],
        library: "millrace 0.1",
        blasCore: "SkylakeX")
}

/// A folder that is gone when the test is over.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "millrace-snapshots-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
}

func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

func contents(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

func overwrite(_ path: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

/// A safetensors file put together by hand, with no care for what is right.
func file(header: String, data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    let json = Array(header.utf8)
    return withUnsafeBytes(of: (length ?? UInt64(json.count)).littleEndian) { [UInt8]($0) } + json + data
}
