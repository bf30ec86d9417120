import Foundation
import JSONTree
import TestSupport
import Testing

import Settings

struct TopicTests {
    private let folder = Fixtures.checkout.appending(path: "Topics")

    private func names() throws -> TopicNames { try PipelineSettings.parse(least).topics }

    @Test func `the program carries the folder's own declarations`() throws {
        let files = try TopicDeclarationReader.files(in: folder.path)
        #expect(files.count == BuiltInTopics.files.count)
        for file in files {
            let name = "Topics/" + URL(filePath: file.path).lastPathComponent
            let carried = BuiltInTopics.files.first { $0.path == name }
            #expect(carried?.text == file.text, "\(name): copy it to BuiltInTopics.swift")
        }
        #expect(try TopicDeclarations.load(folder: folder.path) == TopicDeclarations.builtIn())
    }

    @Test
    func `every kind is declared, with its default name, its schemas, and no deletion by time but of internal ones`()
        throws
    {
        let declarations = try TopicDeclarations.builtIn()
        let names = try names()
        #expect(declarations.map(\.kind) == TopicDeclaration.Kind.allCases)
        for declaration in declarations {
            let usual = declaration.namePattern.replacing("<pipeline>", with: "electricity")
            // Without a name of its own no pipeline has such a topic.
            #expect(declaration.name(in: names) == (declaration.kind == .labels ? "" : usual))
            let isState = declaration.kind == .snapshots
            #expect(declaration.config["cleanup.policy"] == (isState ? "compact" : "delete"))
            let period = [.journal, .mix].contains(declaration.kind) ? "604800000" : "-1"
            #expect(declaration.config["retention.ms"] == (isState ? nil : period))
            #expect(declaration.schemas.isEmpty == (declaration.kind == .mix))
            for schema in declaration.schemas {
                let parsed = try JSONValue.parse(contentsOf: folder.appending(path: schema).path)
                #expect(parsed["$schema"]?.stringValue == "https://json-schema.org/draft/2020-12/schema")
                #expect(parsed["type"]?.stringValue == "object")
            }
        }
    }

    @Test func `a folder's file replaces the carried one of its kind, and mistakes have their place`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "topics-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "mine.yaml")
        func write(_ text: String) throws { try text.write(to: file, atomically: true, encoding: .utf8) }

        try write("kind: drift\nname: <pipeline>.drift\npartitions: 7\nrecords: a.json\nconfig: {retention.ms: 5}\n")
        let declarations = try TopicDeclarations.load(folder: folder.path)
        #expect(declarations.map(\.partitions) == [3, 3, 7, 1, 3, 3, 3, 3])
        #expect(declarations[2].config == ["retention.ms": "5"])
        #expect(declarations[2].replicas == -1)

        try write(
            "kind: features\nname: x\npartitions: 0\nreplicas: 0\nrecords: a\nconfig: {cleanup.policy: compact}\nx: 1\n"
        )
        do throws(SettingsErrors) {
            _ = try TopicDeclarations.load(folder: folder.path)
            Issue.record("it loaded")
        } catch {
            #expect(error.errors.map(\.key) == ["name", "partitions", "replicas", "config", "x"])
            #expect(error.errors.map(\.line) == [2, 3, 4, 6, 7])
        }
        #expect(throws: SettingsErrors.self) { try TopicDeclarations.load(folder: "/no/such/folder") }
    }

    @Test func `missing topics are created as declared`() throws {
        let settings = try PipelineSettings.parse(least)
        let declared = try TopicDeclarations.builtIn().used(by: settings)
        let plan = TopicPlan(declared, names: settings.topics, found: [:])
        #expect(plan.steps.count == 4)
        #expect(plan.refusals.isEmpty && !plan.isEmpty)
        #expect(
            plan.steps[0].description
                == "+ electricity.features: 3 partitions, the brokers' default of replicas, cleanup.policy=delete, "
                + "retention.ms=-1")
    }

    @Test func `the journal and the mix topic are for pipelines whose models are shared`() throws {
        let own = try PipelineSettings.parse(least)
        #expect(!own.usesJournal && own.alignedTopics.isEmpty)
        #expect(try TopicDeclarations.builtIn().used(by: own).map { $0.name(in: own.topics) } == own.usedTopics)
        let shared = try PipelineSettings.parse(least + "model.scope: shared\n")
        #expect(shared.usesJournal && shared.alignedTopics == ["electricity.journal", "electricity.mix"])
        #expect(
            try TopicDeclarations.builtIn().used(by: shared).map { $0.name(in: shared.topics) } == shared.usedTopics)
        let plan = TopicPlan(try TopicDeclarations.builtIn().used(by: shared), names: shared.topics, found: [:])
        #expect(
            plan.steps.suffix(2).map(\.description)
                == ["journal", "mix"].map {
                    "+ electricity.\($0): 3 partitions, the brokers' default of replicas, cleanup.policy=delete, "
                        + "retention.ms=604800000"
                })
    }

    @Test func `the snapshots topic is for pipelines that keep their snapshots there, and only ever compacted`() throws
    {
        #expect(
            try !TopicDeclarations.builtIn().used(by: PipelineSettings.parse(least)).contains { $0.kind == .snapshots })
        let settings = try PipelineSettings.parse(least + "snapshots: {store: topic}\n")
        #expect(settings.snapshots.store == .topic)
        #expect(
            settings.usedTopics.last == "electricity.snapshots" && settings.alignedTopics == ["electricity.snapshots"])
        #expect(try TopicDeclarations.builtIn().used(by: settings).contains { $0.kind == .snapshots })
        for policy in ["delete", "compact,delete"] {
            let text =
                "kind: snapshots\nname: <pipeline>.s\npartitions: 3\nrecords: a\nconfig: {cleanup.policy: \"\(policy)\"}\n"
            do throws(SettingsErrors) {
                _ = try TopicDeclarationReader.read([("s.yaml", text)])
                Issue.record("\(policy) was taken")
            } catch {
                #expect(
                    error.description.contains("`cleanup.policy` is \(policy); allowed: `compact` alone"), "\(error)")
            }
        }
    }

    @Test func `only declared settings that differ are changed`() throws {
        let settings = try PipelineSettings.parse(least)
        let declared = try TopicDeclarations.builtIn().used(by: settings)
        let names = settings.topics
        let right = ["cleanup.policy": "delete", "retention.ms": "-1", "segment.bytes": "1"]
        var found = Dictionary(
            uniqueKeysWithValues: declared.map {
                ($0.name(in: names), TopicPlan.Found(partitions: $0.partitions, replicas: 3, config: right))
            })
        #expect(TopicPlan(declared, names: names, found: found).isEmpty)
        found["electricity.drift"]?.config["retention.ms"] = "604800000"
        let plan = TopicPlan(declared, names: names, found: found)
        #expect(
            plan.steps.map(\.description) == [
                "= electricity.features", "= electricity.predictions",
                "~ electricity.drift: retention.ms 604800000 -> -1", "= electricity.dead-letters",
            ])
    }

    @Test func `another number of partitions or replicas is refused, never changed`() throws {
        var features = try TopicDeclarations.builtIn()[0]
        features.replicas = 3
        let found = TopicPlan.Found(
            partitions: 6, replicas: 1, config: ["cleanup.policy": "compact", "retention.ms": "-1"])
        let plan = TopicPlan([features], names: try names(), found: ["electricity.features": found])
        #expect(plan.refusals.count == 2)
        #expect(
            plan.steps.map(\.description) == [
                "! electricity.features: has 6 partitions, declared are 3; declare 6, or make a new topic: "
                    + "with another count keys move to other partitions",
                "! electricity.features: has 1 replicas, declared are 3; declare 1 or -1, or reassign them with Kafka's own tool",
                "~ electricity.features: cleanup.policy compact -> delete",
            ])
    }
}
