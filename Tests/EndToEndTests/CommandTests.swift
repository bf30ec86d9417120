import Foundation
import JSONTree
import TestSupport
import Testing

@Suite struct CommandTests {
    private func run(_ arguments: String..., seconds: Double = 90) throws -> ChildProcess {
        let process = try ChildProcess(ChildProcess.millrace, arguments, environment: ["NO_COLOR": "1"])
        _ = process.wait(seconds: seconds)
        return process
    }

    private func electricitySettings(_ folder: TemporaryFolder) throws -> String {
        try folder.write(
            """
            pipeline: electricity
            kafka: {bootstrap.servers: "127.0.0.1:1", sasl.password: "file:\(folder.write("hunter2", to: "secret"))"}
            features: [{name: period}, {name: nswprice}, {name: nswdemand}, {name: vicprice}, {name: vicdemand}, {name: transfer}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic, optimizer: {kind: sgd, step-size: 1.0}}
            """, to: "millrace.yaml")
    }

    @Test func `the demo runs the whole stream and says so in one object`() throws {
        let folder = try TemporaryFolder()
        let demo = try run("demo", "--json", "--directory", folder.path)
        #expect(demo.wait(seconds: 0) == .exit(0), "\(demo.errors)")
        let summary = try JSONValue.parse(demo.output)
        #expect(summary["records"] == 45_312)
        #expect(summary["predictions"] == 45_312)
        #expect(summary["dead_letters"] == 0)
        #expect(try #require(summary["metrics"]?["accuracy"]?.doubleValue) >= 0.90)
        #expect(summary["metrics"]?["log_loss"]?.doubleValue != nil)
        #expect(summary["metrics"]?["auc"]?.doubleValue != nil)
        #expect(summary["latency_ms"]?["p99"]?.doubleValue != nil)
        #expect(summary["records_per_second"]?.doubleValue ?? 0 > 0)
        let alerts = try #require(summary["alerts"]?.arrayValue)
        #expect(!alerts.isEmpty)
        #expect(alerts.allSatisfy { $0["signal"]?.stringValue != nil && $0["record"]?.integerValue != nil })
        let snapshots = (summary["snapshots"]?.arrayValue ?? []).compactMap { $0.stringValue }
        #expect(snapshots.first?.hasSuffix("/electricity/0/00000000000000045312.safetensors") == true)
        #expect(snapshots.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        let names = try PythonEnvironment.run(
            script: "import sys; from safetensors.numpy import load_file; print(sorted(load_file(sys.argv[1])))",
            arguments: [try #require(snapshots.first)])
        #expect(names.contains("model/"))

        let shown = try run("snapshots", "show", try #require(snapshots.first), "--json")
        #expect(try JSONValue.parse(shown.output)["metrics"]?["accuracy"] == summary["metrics"]?["accuracy"])
    }

    @Test func `a demo that is interrupted stops in good order`() throws {
        let folder = try TemporaryFolder()
        let demo = try ChildProcess(ChildProcess.millrace, ["demo", "--rate", "2000", "--directory", folder.path])
        #expect(demo.waitFor("records: ", seconds: 60))
        demo.send(signal: SIGINT)
        #expect(demo.wait(seconds: 40) == .exit(130), "\(demo.errors)")
    }

    @Test func `evaluate gives the demo's figures without a broker`() throws {
        let folder = try TemporaryFolder()
        let evaluated = try run(
            "evaluate", Fixtures.data("electricity.csv.gz").path, "--label", "class", "--json", "--config",
            electricitySettings(folder))
        #expect(evaluated.wait(seconds: 0) == .exit(0), "\(evaluated.errors)")
        let result = try JSONValue.parse(evaluated.output)
        #expect(result["records"] == 45_312)
        #expect(result["seconds"]?.doubleValue != nil)
        for name in ["accuracy", "log_loss", "auc", "f1_macro", "kappa", "mcc"] {
            #expect(result["metrics"]?[name]?.doubleValue != nil, "\(name)")
        }
        #expect(try #require(result["metrics"]?["accuracy"]?.doubleValue) >= 0.90)
    }

    @Test func `evaluate deals the records to several partitions, whose models are apart or shared`() throws {
        let folder = try TemporaryFolder()
        func evaluate(_ scope: String) throws -> JSONValue {
            let evaluated = try run(
                "evaluate", Fixtures.data("electricity.csv.gz").path, "--label", "class", "--json", "--config",
                electricitySettings(folder), "--partitions", "4", "--set", "model.scope=\(scope)")
            #expect(evaluated.wait(seconds: 0) == .exit(0), "\(evaluated.errors)")
            return try JSONValue.parse(evaluated.output)
        }
        let apart = try evaluate("partition")
        let shared = try evaluate("shared")
        for result in [apart, shared] {
            #expect(result["records"] == 45_312)
            #expect(result["partitions"] == 4)
        }
        #expect(apart["mixes"] == 0)
        #expect(try #require(shared["mixes"]?.integerValue) > 4_531)
        let losses = try [apart, shared].map { try #require($0["metrics"]?["loss"]?.doubleValue) }
        #expect(losses[1] < losses[0])
    }

    @Test func `a setting on the command line stands over the file's, and its mistakes are named`() throws {
        let folder = try TemporaryFolder()
        let config = try electricitySettings(folder)
        let check = try run("check", "--offline", "--verbose", "--config", config, "--set", "commit.interval=7ms")
        #expect(check.wait(seconds: 0) == .exit(0), "\(check.errors)")
        #expect(check.output.contains("commit.interval: 7ms"))
        let wrong = try run("check", "--offline", "--config", config, "--set", "commit.interval=soon")
        #expect(wrong.wait(seconds: 0) == .exit(1))
        #expect(wrong.errors.contains("--set") && wrong.errors.contains("commit.interval"))
        #expect(try run("check", "--offline", "--config", config, "--set", "nonsense").wait(seconds: 0) == .exit(64))
    }

    @Test func `a file that isn't there, and a column that isn't, are named`() throws {
        let folder = try TemporaryFolder()
        let config = try electricitySettings(folder)
        let missing = try run("evaluate", "/nowhere/x.csv", "--config", config)
        #expect(missing.wait(seconds: 0) == .exit(1))
        #expect(missing.errors.contains("/nowhere/x.csv"))
        let column = try run(
            "evaluate", Fixtures.data("electricity.csv.gz").path, "--label", "klass", "--config", config)
        #expect(column.wait(seconds: 0) == .exit(1))
        #expect(column.errors.contains("klass"))
        #expect(column.errors.contains("class"))
    }

    @Test func `check without a broker shows every value and no secret`() throws {
        let folder = try TemporaryFolder()
        let check = try run("check", "--offline", "--verbose", "--config", electricitySettings(folder))
        #expect(check.wait(seconds: 0) == .exit(0), "\(check.errors)")
        #expect(check.output.contains("commit.interval"))
        #expect(!check.output.contains("hunter2"))
        #expect(!check.errors.contains("hunter2"))
    }

    @Test func `misuse exits 64, help exits 0 and has examples`() throws {
        #expect(try run("demo", "--rate", "-1").wait(seconds: 0) == .exit(64))
        #expect(try run("nonsense").wait(seconds: 0) == .exit(64))
        #expect(try run("evaluate", "x.csv", "--partitions", "0").wait(seconds: 0) == .exit(64))
        for command in ["demo", "run", "check", "topics", "snapshots", "state", "produce", "evaluate"] {
            let help = try run(command, "--help")
            #expect(help.wait(seconds: 0) == .exit(0))
            #expect(help.output.contains("Examples:"), "\(command)")
        }
    }

    @Test func `a CSV is produced as feature records, and topics are compared`() throws {
        let pipeline = try Pipeline(partitions: 2)
        let csv = try pipeline.folder.write("a,b,class\n1,2,UP\n-1,50,DOWN\n,3,UP\n", to: "three.csv")
        try pipeline.expectSuccess(
            try pipeline.millrace("produce", csv, "--label", "class", "--if-empty"), seconds: 60)
        let values = try pipeline.read("features").compactMap(\.value).sorted()
        #expect(
            values == [
                #"{"features":{"a":-1,"b":50},"label":"DOWN"}"#, #"{"features":{"a":1,"b":2},"label":"UP"}"#,
                #"{"features":{"a":null,"b":3},"label":"UP"}"#,
            ])
        let again = try pipeline.millrace("produce", csv, "--label", "class", "--if-empty")
        try pipeline.expectSuccess(again, seconds: 60)
        #expect(again.output.contains("nothing was produced"), "\(again.output)")
        #expect(try pipeline.read("features").count == 3)
        let diff = try pipeline.millrace("topics", "diff", "--topics", pipeline.folder.file("topics").path)
        try pipeline.expectSuccess(diff, seconds: 60)
        #expect(diff.output.split(separator: "\n").allSatisfy { $0.hasPrefix("= ") }, "\(diff.output)")
        let other = try pipeline.millrace("topics", "diff")
        #expect(other.wait(seconds: 60) == .exit(1))
        #expect(other.output.contains("declared are 3"))
    }

    @Test func `a second signal leaves at once`() throws {
        let pipeline = try Pipeline()
        let run = try pipeline.millrace("run")
        #expect(run.waitFor("task begins", seconds: 60))
        run.send(signal: SIGTERM)
        run.send(signal: SIGINT)
        // Either the orderly stop was quicker, or the second signal ended it.
        let ending = run.wait(seconds: 20)
        #expect(
            [.exit(0), .exit(128 + SIGINT), .exit(128 + SIGTERM)].contains(ending), "\(String(describing: ending))")
    }

    @Test func `health and metrics are served while the stream runs`() throws {
        let pipeline = try Pipeline()
        let port = Int.random(in: 20_000..<30_000)
        try pipeline.writeSettings(
            to: "http.yaml", snapshots: pipeline.snapshots, group: pipeline.name,
            more: "http: {listen: 127.0.0.1:\(port)}")
        try pipeline.produce(StreamRecords.good(500, seed: 31))
        let run = try pipeline.millrace("run", config: "http.yaml")
        #expect(run.waitFor("serving", seconds: 60), "\(run.errors)")
        try pipeline.waitForPredictions(atLeast: 500, process: run)
        let page = try PythonEnvironment.run(
            script: """
                import sys, time, urllib.request
                base = f"http://127.0.0.1:{sys.argv[1]}"
                assert urllib.request.urlopen(base + "/v2/health/live").status == 200
                assert urllib.request.urlopen(base + "/v2/health/ready").status == 200
                for _ in range(100):
                    page = urllib.request.urlopen(base + "/metrics").read().decode()
                    if "millrace_predictions_total 500" in page:
                        break
                    time.sleep(0.1)
                print(page)
                """, arguments: [String(port)])
        #expect(page.contains("millrace_records_consumed_total 500"))
        #expect(page.contains("millrace_predictions_total 500"))
        #expect(page.contains("millrace_build_info{"))
        #expect(page.contains("millrace_model_version{"))
        run.send(signal: SIGTERM)
        #expect(run.wait(seconds: 40) == .exit(0))
    }
}
