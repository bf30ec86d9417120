import DriftDetection
import OnlineLearning
import Records
import Testing

import Settings

struct DefaultsTests {
    @Test func `the least file gets every default`() throws {
        let settings = try PipelineSettings.parse(least)
        #expect(settings.delivery == .atLeastOnce)
        #expect(
            settings.topics
                == TopicNames(
                    features: "electricity.features", labels: nil, predictions: "electricity.predictions",
                    drift: "electricity.drift", deadLetters: "electricity.dead-letters", journal: "electricity.journal",
                    snapshots: "electricity.snapshots", mix: "electricity.mix"))
        #expect(settings.record == RecordPaths(id: "/id", timestamp: "/timestamp", label: "/label", weight: "/weight"))
        #expect(settings.features == [FeatureDeclaration(name: "nswprice"), FeatureDeclaration(name: "nswdemand")])
        #expect(settings.target == .binary(classes: [.text("DOWN"), .text("UP")]))
        #expect(
            settings.model
                == .adaptiveLinear(
                    AdaptiveLinearConfiguration(featureCount: 2, target: settings.target, targetScaling: .none)))
        #expect(settings.drift.map(\.watch) == [.loss, .prediction, .feature, .quality])
        #expect(settings.drift[0].detector == .evidence(EDetectorConfiguration(direction: .up)))
        #expect(
            settings.drift[2].detector
                == .distribution(
                    DistributionSettings(test: .kolmogorovSmirnov, reference: .first(1000), window: 500, every: 8)))
        #expect(settings.drift[2].features == ["nswprice", "nswdemand"])
        #expect(settings.drift[3].checks == QualityCheck.allCases)
        #expect(settings.alerts.policy == AlertPolicy())
        #expect(settings.alerts.budget == FalseAlarmBudget.Configuration())
        #expect(settings.alerts.action == .none)
        #expect(settings.evaluation == EvaluationSettings(window: .records(1000), fading: 0.999))
        #expect(settings.largestMagnitude == 1e15)
        #expect(
            settings.snapshots
                == SnapshotSettings(store: .directory, directory: "./snapshots", every: .seconds(30), keep: 10))
        #expect(settings.commit == CommitSettings(intervalMilliseconds: 100, records: 10_000))
        #expect(settings.workers == 1)
        #expect(settings.seed == 42)
        #expect(settings.http == nil)
        #expect(settings.kafka == ["bootstrap.servers": "localhost:9092", "group.id": "electricity"])
    }

    @Test func `the page's example parses and says what it shows`() throws {
        let settings = try PipelineSettings.parse(ConfigurationPage.exampleSettings)
        #expect(settings.http == HTTPAddress(host: "127.0.0.1", port: 8080))
        guard case .linear(let model) = settings.model else { throw SettingsErrors([]) }
        #expect(model.optimizer.kind == .adagrad)
        #expect(model.optimizer.stepSize == 0.1)
        #expect(model.optimizer.l2 == 1e-6)
        #expect(settings.drift.map(\.watch) == [.loss, .feature])
        #expect(settings.drift[1].features == ["nswprice"])
        #expect(settings.drift[1].detector == .scalar(DetectorConfiguration(kind: .pageHinkley)))
    }

    @Test func `writing out every default changes nothing`() throws {
        for sample in [least, leastRegression] {
            let settings = try PipelineSettings.parse(sample)
            let defaults = settings.resolved.filter(\.isDefault)
                .filter { !$0.key.hasPrefix("features.") && !$0.key.hasPrefix("drift.") }
            #expect(defaults.count > 20)
            let again = try PipelineSettings.parse(sample, overrides: defaults.map { ($0.key, $0.text) })
            #expect(again.digestFields.map(\.text) == settings.digestFields.map(\.text))
            #expect(again.resolved.map(\.text) == settings.resolved.map(\.text))
            #expect(again.model == settings.model)
        }
    }

    @Test func `every default and every example lies in its own range`() throws {
        for declaration in Declared.all where !declaration.key.hasPrefix("features[]") {
            #expect(!declaration.example.isEmpty, "\(declaration.key)")
            #expect(!declaration.allowed.isEmpty && !declaration.summary.isEmpty, "\(declaration.key)")
            #expect(declaration.summary.hasSuffix("."), "\(declaration.key)")
        }
        #expect(Set(Declared.all.map(\.key)).count == Declared.all.count)
    }

    @Test func `an empty drift list watches nothing`() throws {
        #expect(try PipelineSettings.parse(least + "drift: []\n").drift.isEmpty)
    }

    @Test func `a watch on features without names watches all of them`() throws {
        let settings = try PipelineSettings.parse(least + "drift: [{watch: feature}]\n")
        #expect(settings.drift[0].features == ["nswprice", "nswdemand"])
    }

    @Test func `a regression's target is scaled unless the file says otherwise`() throws {
        func scaling(_ overrides: [(key: String, value: String)]) throws -> ScalingKind? {
            let model = try PipelineSettings.parse(leastRegression, overrides: overrides).model
            return if case .adaptiveLinear(let linear) = model { linear.targetScaling } else { nil }
        }
        #expect(try scaling([]) == .standard)
        #expect(try scaling([("target.scale", "none")]) == ScalingKind.none)
    }
}
