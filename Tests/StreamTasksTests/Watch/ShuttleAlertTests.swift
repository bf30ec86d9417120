import DatasetFiles
import Foundation
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

/// What is told of the scores of a model without labels, on the shuttle's records.
@Suite struct ShuttleAlertTests {
    private static func settings(_ detector: String) throws -> PipelineSettings {
        let features = (1...9).map { "  - {name: f\($0)}" }.joined(separator: "\n")
        return try PipelineSettings.parse(
            """
            pipeline: shuttle
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
            \(features)
            target: {kind: none}
            model: {kind: vae}
            drift: [{watch: prediction, detector: \(detector)}]
            """)
    }

    /// The file's records as JSON, the usual ones and the anomalies, each in their order.
    private static func records() throws -> (usual: [String], anomalies: [String], all: [String]) {
        var reader = try DatasetReader(
            path: Fixtures.data("shuttle.csv.gz").path, columns: DatasetColumns(label: "anomaly"))
        var (usual, anomalies, all): ([String], [String], [String]) = ([], [], [])
        while let record = try reader.next() {
            let text = String(decoding: record, as: UTF8.self)
            all.append(text)
            if text.contains("\"label\":1") { anomalies.append(text) } else { usual.append(text) }
        }
        return (usual, anomalies, all)
    }

    private static func told(_ settings: PipelineSettings, _ records: some Sequence<String>) throws
        -> [(notice: String, record: UInt64)]
    {
        var driver = try TaskDriver(settings)
        for record in records {
            driver.pipe(record)
            driver.sink.predictions.removeAll(keepingCapacity: true)
        }
        let places = driver.sink.drift.filter { $0.kind == .alert || $0.kind == .recovery }.map(\.record)
        return try zip(notices(driver), places).map { ($0, $1) }
    }

    /// One record in fifty is an anomaly, and one in seven from 20,000 to 24,999.
    private static func burst() throws -> [String] {
        let (usual, anomalies, _) = try records()
        return (0..<40_000).map { index in
            let every = (20_000..<25_000).contains(index) ? 7 : 50
            return index % every == 0 ? anomalies[index / every % anomalies.count] : usual[index % usual.count]
        }
    }

    @Test func `a vae's high scores are told of when anomalies come in numbers, and not while they come as ever`()
        throws
    {
        let settings = try Self.settings("exceedance")
        #expect(try Self.told(settings, Self.records().all).isEmpty)
        let found = try Self.told(settings, Self.burst())
        let alert = try #require(found.first { $0.notice == "alert prediction" })
        #expect((20_000..<20_500).contains(alert.record), "\(found)")
        #expect(found.count { $0.notice == "alert prediction" } == 1)
    }
}
