import OnlineLearning
import Testing

import Settings

/// Labels of a topic of their own, as settings name them.
struct LabelSettingsTests {
    private let late = least + "topics.labels: answers\n"

    @Test func `a labels topic brings its settings with it, and without one there are none`() throws {
        let settings = try PipelineSettings.parse(late)
        #expect(settings.labels == LabelSettings())
        #expect(settings.topics.labels == "answers")
        #expect(settings.usesJournal && settings.alignedTopics == ["answers", "electricity.journal"])
        #expect(
            try TopicDeclarations.builtIn().used(by: settings).map { $0.name(in: settings.topics) }
                == settings.usedTopics)
        let inline = try PipelineSettings.parse(least)
        #expect(inline.labels == nil && inline.topics.labels == nil && !inline.usesJournal)
        #expect(!inline.resolved.contains { $0.key.hasPrefix("labels.") || $0.key == "topics.labels" })
    }

    @Test func `all that can be said of labels is read`() throws {
        let settings = try PipelineSettings.parse(
            late + """
                labels:
                  join: key
                  id: /a
                  label: /b
                  timestamp: /c
                  weight: /d
                  wait: 90m
                  pending: 7
                  early: 8
                  answered: 9
                  memory: 65536
                  expired: negative
                  corrected: learn
                """)
        #expect(
            settings.labels
                == LabelSettings(
                    join: .key, paths: RecordPaths(id: "/a", timestamp: "/c", label: "/b", weight: "/d"),
                    waitMilliseconds: 5_400_000, pending: 7, early: 8, answered: 9, memory: 65_536, expired: .negative,
                    corrected: .learn))
    }

    @Test(arguments: [
        ("labels.wait: 0s", "labels.wait: found `0s`"), ("labels.pending: 0", "labels.pending: found `0`"),
        ("labels.memory: 5", "labels.memory: found `5`"), ("labels.join: name", "labels.join: found `name`"),
        ("labels: {id: /a, label: /a}", "`/a` is the path of `labels.id` too"),
        ("topics.features: answers", "`answers` is the topic of `topics.features` too"),
        ("labels.expire: drop", "labels.expire: is no setting"),
        (
            "selection: {kind: correlation, keep: 1}",
            "selection.kind: `correlation` asks the label, which comes later"
        ),
    ])
    func `what can't be is refused`(_ line: String, _ expected: String) {
        let found = errors(late + line + "\n")
        #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    }

    @Test func `what is said of late labels without their topic is refused`() {
        let found = errors(least + "labels.wait: 1h\ndrift: [{watch: label-delay}]\n")
        #expect(found.count == 2, "\(found)")
        #expect(found.contains { $0.contains("labels.wait: has no meaning where labels stand in the feature records") })
        #expect(found.contains { $0.contains("drift[0] watches `label-delay`") })
        #expect(errors(late + "drift: [{watch: label-delay}]\n").isEmpty)
    }

    @Test func `a negative needs two classes, and a correction something to learn`() {
        let regression = leastRegression + "topics.labels: answers\n"
        #expect(errors(regression + "labels.expired: negative\n")[0].contains("a target that isn't `binary`"))
        #expect(errors(regression + "labels.corrected: learn\n").isEmpty)
    }

    @Test func `what waits rests on these settings, so a change of them is named`() throws {
        let inline = try PipelineSettings.parse(least)
        let old = try PipelineSettings.parse(late)
        #expect(old.changedKeys(against: inline.digestFields).contains("labels.wait"))
        let new = try PipelineSettings.parse(late + "labels.wait: 1h\n")
        #expect(new.changedKeys(against: old.digestFields) == ["labels.wait"])
    }
}
