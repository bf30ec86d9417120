import DatasetFiles
import Foundation
import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

@Suite struct RealStreamTests {
    private func run(_ settings: PipelineSettings, file: String, label: String) throws -> StreamTaskResult {
        var task = try StreamTask(settings, partition: 0, position: NextOffset(0))
        var sink = SilentSink()
        var reader = try DatasetReader(path: Fixtures.data(file).path, columns: DatasetColumns(label: label))
        var offset: Int64 = 0
        while let value = try reader.next() {
            task.process(InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: offset), into: &sink)
            offset += 1
        }
        let metrics = Dictionary(task.evaluation.overall.named.map { ($0.name, $0.value) }) { first, _ in first }
        return StreamTaskResult(counters: task.counters, metrics: metrics)
    }

    @Test func `the electricity stream is predicted to at least 0.90, well above predicting the last label`() throws {
        let result = try run(SampleSettings.electricity(), file: "electricity.csv.gz", label: "class")
        #expect(result.counters.predicted == 45_312)
        #expect(result.counters.refused == 0)
        #expect(try #require(result.metrics["accuracy"]) >= 0.90)
        #expect(try #require(result.metrics["kappa_temporal"]) > 0)
    }

    @Test func `the flights stream with the defaults stays finite, to an error of at most 12 minutes`() throws {
        let settings = try PipelineSettings.parse(
            """
            pipeline: flights
            kafka: {bootstrap.servers: "localhost:9092"}
            features:
              - {name: dep_delay}
              - {name: distance}
              - {name: sched_dep_min}
              - {name: sched_arr_min}
              - {name: month}
              - {name: weekday}
            target: {kind: regression}
            model: {kind: linear}
            """)
        let result = try run(settings, file: "flights.csv.gz", label: "arr_delay")
        #expect(result.counters.predicted == 100_000)
        #expect(try #require(result.metrics["mae"]) <= 12.0)
        #expect(try #require(result.metrics["rmse"]).isFinite)
    }
}

struct StreamTaskResult {
    var counters: TaskCounters
    var metrics: [String: Double]
}
