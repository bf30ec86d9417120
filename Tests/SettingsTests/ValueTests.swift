import OnlineLearning
import Records
import Testing

import Settings

struct ValueTests {
    private func classes(_ list: String) throws -> [ClassName] {
        let text = least.replacing("[DOWN, UP]", with: list)
        guard case .binary(let classes) = try PipelineSettings.parse(text).target else { return [] }
        return classes
    }

    @Test func `classes are read raw`() throws {
        #expect(try classes("[NO, YES]") == [.text("NO"), .text("YES")])
        #expect(try classes("[0, 1]") == [.number(0, spelling: "0"), .number(1, spelling: "1")])
        #expect(try classes("[1, \"1\"]") == [.number(1, spelling: "1"), .text("1")])
        #expect(try classes("[false, true]") == [.boolean(false), .boolean(true)])
        #expect(try classes("[True, 'true']") == [.text("True"), .text("true")])
        #expect(try classes("[0x10, 1_000]") == [.text("0x10"), .text("1_000")])
        #expect(try classes("[-1, 1e0]") == [.number(-1, spelling: "-1"), .number(1, spelling: "1e0")])
        #expect(try classes("[.5, 01]") == [.text(".5"), .text("01")])
        let block = least.replacing(
            "target: {kind: binary, classes: [DOWN, UP]}",
            with: "target:\n  kind: binary\n  classes:\n    - 1, 2\n    - 1], [2")
        #expect(try PipelineSettings.parse(block).target == .binary(classes: [.text("1, 2"), .text("1], [2")]))
        guard case .number(_, let spelling) = try classes("[0.50, 1]")[0] else {
            Issue.record("no number")
            return
        }
        #expect(spelling == "0.50")
    }

    @Test(arguments: ["[UP]", "[A, B, C]", "[1, 1.0]", "[UP, UP]", "[~, UP]", "[[A], B]", "UP", "{A: B}"])
    func `classes are exactly two that differ`(_ list: String) {
        let found = errors(least.replacing("[DOWN, UP]", with: list))
        #expect(found.count == 1)
        #expect(found[0].contains("target.classes: found"))
    }

    @Test(arguments: [
        ("100ms", 100), ("30s", 30_000), ("5m", 300_000), ("24h", 86_400_000), ("1.5s", 1500), ("0.5 s", 500),
    ])
    func `durations have a unit`(_ text: String, _ milliseconds: Int) {
        #expect(DurationText.read(text) == milliseconds)
        #expect(DurationText.read(DurationText.write(milliseconds)) == milliseconds)
    }

    @Test(arguments: ["100", "", "s", "-1s", "1 day", "1S", "0.1ms", "1e300h", "nans", "1h30m", "0x1s", "1e3ms"])
    func `what isn't a duration is refused`(_ text: String) { #expect(DurationText.read(text) == nil) }

    @Test func `snapshots and windows go by time or by records`() throws {
        func parsed(_ line: String) throws -> PipelineSettings { try PipelineSettings.parse(least + line + "\n") }
        #expect(try parsed("snapshots.every: 5m").snapshots.every == .seconds(300))
        #expect(try parsed("snapshots.every: 10000 records").snapshots.every == .records(10_000))
        #expect(try parsed("snapshots.every: 10000").snapshots.every == .records(10_000))
        #expect(try parsed("evaluation.window: 60s").evaluation.window == .seconds(60))
        #expect(try parsed("evaluation.window: 500").evaluation.window == .records(500))
        #expect(try parsed("commit.records: 500 records").commit.records == 500)
        #expect(errors(least + "snapshots.every: 0\n").count == 1)
        #expect(errors(least + "snapshots.every: 999ms\n").count == 1)
        #expect(errors(least + "evaluation.window: 1 record\n").count == 1)
    }

    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1", 8080), ("\"[::1]:0\"", "::1", 0), ("0.0.0.0:65535", "0.0.0.0", 65_535),
    ])
    func `an address is host and port`(_ text: String, _ host: String, _ port: Int) throws {
        let settings = try PipelineSettings.parse(least + "http: {listen: \(text)}\n")
        #expect(settings.http == HTTPAddress(host: host, port: port))
    }

    @Test(arguments: [
        "8080", ":8080", "host", "host:", "host:65536", "host:-1", "\"::1:80\"", "http://host:80", "a b:1",
    ])
    func `what isn't an address is refused`(_ text: String) {
        #expect(errors(least + "http: {listen: \(text)}\n").count == 1)
    }

    @Test(arguments: ["NaN", ".nan", "Infinity", ".inf", "1e999", "0x1p3", "1_0", "abc", "-1", "true", "[1]"])
    func `a number is finite, plain and in its range`(_ text: String) {
        #expect(errors(least + "limits: {magnitude: \(text)}\n").count == 1)
    }

    @Test func `numbers are written so that they read back the same`() {
        for number in [0.1, 1e-6, 1e15, 42, 0, -3, 0.9999, 1e300, 123_456_789.25, 1.0 / 3] {
            #expect(NumberText.read(NumberText.write(number)) == number)
        }
        #expect(NumberText.write(1e-6) == "1e-6")
        #expect(NumberText.write(1e15) == "1e15")
        #expect(NumberText.write(1) == "1")
    }

    @Test(arguments: ["features/x", "", "/a~2b", "/a~", "x"])
    func `a path is a JSON Pointer`(_ path: String) {
        #expect(errors(least + "record: {id: \"\(path)\"}\n").count == 1)
    }

    @Test func `a feature's path escapes its name`() throws {
        let settings = try PipelineSettings.parse(least.replacing("nswprice", with: "a/b~c.d"))
        #expect(settings.features[0].path == "/features/a~1b~0c.d")
    }

    @Test func `every optimizer takes its own numbers`() throws {
        let text = leastRegression.replacing(
            "{kind: linear}",
            with:
                "{kind: linear, loss: huber, huber-threshold: 2, l1: 0.1, clip: 5, optimizer: {kind: adam, first-moment: "
                + "0.8, second-moment: 0.99, epsilon: 1e-7, step-size: 0.3, schedule: inverse-scaling, power: 0.25}}")
        let model = try PipelineSettings.parse(text).model
        #expect(
            model
                == .linear(
                    LinearModelConfiguration(
                        featureCount: 1, target: .regression, loss: .huber,
                        optimizer: OptimizerConfiguration(
                            kind: .adam, stepSize: 0.3, schedule: .inverseScaling(power: 0.25), firstMoment: 0.8,
                            secondMoment: 0.99, epsilon: 1e-7, l1: 0.1, clip: 5),
                        batch: 1, targetScaling: .standard, huberDelta: 2)))
    }
}
