import Foundation
import JSONTree
import KafkaClient
import TestSupport
import Testing

/// `millrace evaluate` beyond one file and one pipeline.
@Suite(.serialized) struct EvaluateTests {
    private func evaluate(_ arguments: [String]) throws -> ChildProcess {
        let process = try ChildProcess(ChildProcess.millrace, ["evaluate"] + arguments)
        _ = process.wait(seconds: 90)
        return process
    }

    private func settings(
        _ folder: TemporaryFolder, _ name: String, model: String, target: String = "{kind: binary, classes: [DOWN, UP]}"
    ) throws -> String {
        try folder.write(
            """
            pipeline: electricity
            kafka: {bootstrap.servers: "127.0.0.1:1"}
            features: [{name: period}, {name: nswprice}, {name: nswdemand}, {name: vicprice}, {name: vicdemand}]
            target: \(target)
            model: \(model)
            """, to: name)
    }

    @Test func `of several settings the better one is named, in whatever order they come`() throws {
        let folder = try TemporaryFolder()
        let good = try settings(folder, "good.yaml", model: "{kind: logistic}")
        let poor = try settings(
            folder, "poor.yaml", model: "{kind: logistic, optimizer: {kind: sgd, step-size: 0.001}}")
        let data = [Fixtures.data("electricity.csv.gz").path, "--label", "class", "--json"]
        for configs in [[good, poor], [poor, good]] {
            let process = try evaluate(data + configs.flatMap { ["--config", $0] })
            #expect(process.wait(seconds: 0) == .exit(0), "\(process.errors)")
            let result = try JSONValue.parse(process.output)
            let runs = try #require(result["runs"]?.arrayValue)
            #expect(runs.map { $0["name"]?.stringValue } == configs.map { $0 == good ? "good" : "poor" })
            #expect(runs.allSatisfy { $0["records"] == 45_312 && $0["metrics"]?["log_loss"]?.doubleValue != nil })
            let comparison = try #require(result["comparison"])
            #expect(comparison["best"] == "good")
            #expect(comparison["sentence"]?.stringValue?.hasPrefix("good is better than poor in log loss by") == true)
            let pair = try #require(comparison["pairs"]?.arrayValue?.first)
            #expect(pair["better"] == "good" && pair["records"] == 45_312)
            // One file alone gives the same figures as among others.
            let place = try #require(configs.firstIndex(of: good))
            let alone = try evaluate(data + ["--config", good])
            #expect(try JSONValue.parse(alone.output)["metrics"] == runs[place]["metrics"])
        }
        let shown = try evaluate(
            Array(data.dropLast()) + ["--config", good, "--config", poor, "--by", "accuracy"])
        #expect(shown.output.contains("good is better than poor in accuracy by"), "\(shown.output)")
    }

    @Test func `settings that are the same can't be told apart`() throws {
        let folder = try TemporaryFolder()
        let one = try settings(folder, "one.yaml", model: "{kind: logistic}")
        let same = try settings(folder, "same.yaml", model: "{kind: logistic}")
        let process = try evaluate(
            [Fixtures.data("electricity.csv.gz").path, "--label", "class", "--json", "--config", one, "--config", same])
        let comparison = try #require(JSONValue.parse(process.output)["comparison"])
        #expect(comparison["pairs"]?.arrayValue?.first?["better"] == .null)
        #expect(comparison["sentence"]?.stringValue?.hasPrefix("No difference between one and same") == true)
    }

    @Test func `what can't be compared or read is refused in words`() throws {
        let folder = try TemporaryFolder()
        let one = try settings(folder, "one.yaml", model: "{kind: logistic}")
        let other = try settings(folder, "other.yaml", model: "{kind: linear}", target: "{kind: regression}")
        let file = Fixtures.data("electricity.csv.gz").path
        let targets = try evaluate([file, "--label", "class", "--config", one, "--config", other])
        #expect(targets.wait(seconds: 0) == .exit(1))
        #expect(targets.errors.contains("one and other can't be compared"), "\(targets.errors)")
        let criterion = try evaluate([file, "--config", one, "--by", "absolute-error"])
        #expect(criterion.wait(seconds: 0) == .exit(1))
        #expect(criterion.errors.contains("--by absolute-error"))
        let folderless = try evaluate([file, "--label", "class", "--config", one, "--report", "/nowhere/report.html"])
        #expect(folderless.wait(seconds: 0) == .exit(1))
        #expect(folderless.errors.contains("--report /nowhere/report.html: /nowhere isn't there"))
        for misuse in [
            [file, "--topic", "t"], [], [file, "--from", "3"], ["--topic", "t", "--from", "latest"],
            ["--topic", "t", "--from", "-1"], ["--topic", "t", "--passes", "2"],
            [file, "--config", one, "--config", one],
        ] {
            #expect(try evaluate(misuse).wait(seconds: 0) == .exit(64), "\(misuse)")
        }
    }

    @Test func `a range of a topic gives what the same records in a file give, and joins no group`() throws {
        let pipeline = try Pipeline()
        let records = StreamRecords.good(1_000, seed: 71)
        try pipeline.produce(records)
        let topic = pipeline.topic("features")
        func evaluate(_ arguments: String...) throws -> ChildProcess {
            let process = try pipeline.millrace(
                arguments: ["evaluate", "--topic", topic] + arguments)
            _ = process.wait(seconds: 60)
            return process
        }
        let file = try pipeline.folder.write(
            records[200..<700].compactMap(\.value).joined(separator: "\n"), to: "range.jsonl")
        let ranged = try evaluate("--from", "200", "--to", "700", "--json")
        #expect(ranged.wait(seconds: 0) == .exit(0), "\(ranged.errors)")
        let result = try JSONValue.parse(ranged.output)
        #expect(result["records"] == 500)
        let read = try pipeline.millrace("evaluate", file, "--json")
        try pipeline.expectSuccess(read, seconds: 60)
        #expect(try JSONValue.parse(read.output)["metrics"] == result["metrics"])
        #expect(try JSONValue.parse(evaluate("--json").output)["records"] == 1_000)
        #expect(try JSONValue.parse(evaluate("--from", "earliest", "--to", "10", "--json").output)["records"] == 10)
        #expect(try JSONValue.parse(evaluate("--from", "990", "--to", "latest", "--json").output)["records"] == 10)

        let place = "\(topic)/0"
        for (arguments, words) in [
            (["--from", "1001"], "\(place): offset 1001 isn't there yet: the partition has the offsets 0 to 999"),
            (["--to", "1001"], "\(place): it can't be read up to 1001: the partition has the offsets 0 to 999"),
            (["--from", "7", "--to", "7"], "\(place): there is no record from 7 up to, but not with, 7"),
            (["--partition", "3"], "there is no 3"),
        ] {
            let refused = try pipeline.millrace(arguments: ["evaluate", "--topic", topic] + arguments)
            #expect(refused.wait(seconds: 60) == .exit(1))
            #expect(refused.errors.contains(words), "\(refused.errors)")
        }
        let unknown = try pipeline.millrace("evaluate", "--topic", "nowhere-\(pipeline.name)")
        #expect(unknown.wait(seconds: 60) == .exit(1))
        #expect(unknown.errors.contains("there is no topic nowhere-"))

        let consumer = try Consumer(
            properties: ["bootstrap.servers": pipeline.broker.bootstrapServers, "group.id": pipeline.name],
            log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 10_000) }
        #expect(
            try consumer.committed([TopicPartition(topic: topic, partition: 0)], timeoutMilliseconds: 30_000).isEmpty,
            "nothing is committed")
    }

    @Test func `of a topic with several partitions one has to be chosen`() throws {
        let pipeline = try Pipeline(partitions: 2)
        try pipeline.produce(StreamRecords.good(400, seed: 72, partitions: 2))
        let topic = pipeline.topic("features")
        let unsaid = try pipeline.millrace("evaluate", "--topic", topic)
        #expect(unsaid.wait(seconds: 60) == .exit(1))
        #expect(unsaid.errors.contains("partitions 0 to 1; choose one with --partition"), "\(unsaid.errors)")
        let second = try pipeline.millrace("evaluate", "--topic", topic, "--partition", "1", "--json")
        try pipeline.expectSuccess(second, seconds: 60)
        #expect(try JSONValue.parse(second.output)["records"] == 200)
    }
}
