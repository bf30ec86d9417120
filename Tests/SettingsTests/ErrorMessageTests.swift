import Foundation
import Testing

import Settings

/// The messages as a person reads them, whole.
struct ErrorMessageTests {
    @Test func `everything that is wrong is said at once, in the order of the lines`() {
        let found = errors(
            """
            pipeline: electricity
            kafka: {bootstrap.servers: "localhost:9092"}
            wrokers: 2
            features:
              - {name: nswprice, scale: standrad}
              - {name: nswprice, path: /x}
            target: {kind: binary, classes: [UP, UP]}
            model: {kind: logistic}
            workers: many
            commit: {interval: 100}
            """)
        #expect(found.count == 6)
        #expect(found.map { Int($0.split(separator: ":")[1]) } == [3, 5, 6, 7, 9, 10])
        #expect(found[0].contains("wrokers: is no setting; allowed: `pipeline`, `kafka`, `delivery`"))
        #expect(found[0].hasSuffix("; did you mean `workers`?"))
        #expect(
            found[1]
                == "m.yaml:5:29: features[0].scale: found `standrad`; allowed: `standard`, `min-max`, `max-abs`, "
                + "`exponential`, `robust`, `none`; did you mean `standard`?")
        #expect(
            found[2]
                == "m.yaml:6:12: features[1].name: `nswprice` is declared before; allowed: names that differ; "
                + "give one of them another name")
        #expect(
            found[3]
                == "m.yaml:7:33: target.classes: found a list of 2; allowed: two or more different texts, numbers or "
                + "booleans; for `binary` two, the positive class last; write for example `classes: [DOWN, UP]`")
        #expect(
            found[4]
                == "m.yaml:9:10: workers: found `many`; allowed: a whole number, 1 to 1024; "
                + "write for example `workers: 1`")
        #expect(
            found[5]
                == "m.yaml:10:20: commit.interval: found `100`; allowed: a duration like `100ms`, `30s`, `5m` or `24h`, "
                + "1ms to 1m; write for example `interval: 100ms`")
    }

    @Test func `an empty mapping lacks every required setting`() {
        #expect(
            errors("{}") == [
                "m.yaml: pipeline: isn't given; allowed: 1 to 200 letters, digits, `.`, `_` or `-`, not `.` or `..`; "
                    + "add `pipeline: electricity`",
                "m.yaml: kafka.bootstrap.servers: isn't given; allowed: host:port, several with commas; "
                    + "add `bootstrap.servers: localhost:9092` under `kafka`",
                "m.yaml: features: has no feature; allowed: one or more; "
                    + "add `features:` with items like `- {name: nswprice}`",
                "m.yaml: target.kind: isn't given; allowed: `binary`, `multiclass`, `regression`, `none`; "
                    + "add `kind: binary`",
                "m.yaml: model.kind: isn't given; allowed: `logistic`, `linear`, `softmax`, `svm`, `ftrl`, "
                    + "`factorization-machine`, `hoeffding-tree`, `random-forest`, `mlp`, `cnn`, `rnn`, `gru`, `lstm`, "
                    + "`vae`, `half-space-trees`, `bagging`, `stacking`; add `kind: logistic`",
            ])
    }

    @Test func `text that isn't YAML is refused with the parser's words and the line`() {
        #expect(
            errors("pipeline: a\nkafka: [\n") == [
                "m.yaml:3:1: isn't YAML: did not find expected node content (while parsing a flow node in line 3); "
                    + "correct this line or the one before"
            ])
        #expect(errors("a: 1\n\tb: 2")[0].hasPrefix("m.yaml:2:1: isn't YAML: "))
        #expect(errors("a: \u{1}")[0].contains("isn't YAML: control characters are not allowed"))
        #expect(errors("a: 1\n---\na: 2")[0].contains("but found another document"))
        #expect(
            errors("") == [
                "m.yaml:1:1: found an empty file; allowed: a mapping of keys to values; start with `pipeline: NAME`"
            ])
        #expect(errors("- a")[0].hasPrefix("m.yaml:1:1: found no keys"))
    }

    @Test func `a key that stands twice is refused`() {
        let twice = errors(least + "workers: 1\nworkers: 2\n")
        #expect(twice.count == 1)
        #expect(twice[0].contains("workers: the same mapping has this key twice"))
        #expect(
            errors(least + "commit: {interval: 1s}\ncommit.interval: 2s\n") == [
                "m.yaml:9:1: commit.interval: stands here and in line 8; allowed: one of them; "
                    + "remove one; a dotted name means the nested key"
            ])
    }

    @Test func `a file that isn't there is named`() {
        do throws(SettingsErrors) {
            _ = try PipelineSettings.load(path: "/no/such/millrace.yaml", environment: [:])
            Issue.record("it loaded")
        } catch {
            #expect(error.description.hasPrefix("/no/such/millrace.yaml: there is no such file; name one"))
        }
    }

    @Test(arguments: [
        ("workers: [1]", "found a list of 1"), ("workers: {a: 1}", "found a section with 1 keys"),
        ("workers:", "found nothing"),
        ("commit: 5", "found `5`; allowed: a section with the keys `interval`, `records`"),
        ("drift: loss", "found `loss`; allowed: a list"),
        ("drift: [loss]", "drift[0]: found `loss`; allowed: a section"),
    ])
    func `a value of a wrong shape says which shape was found`(_ line: String, _ expected: String) {
        let found = errors(least + line + "\n")
        #expect(found.count >= 1)
        #expect(found.contains { $0.contains(expected) && $0.hasPrefix("m.yaml:8:") }, "\(found)")
    }
}
