import Foundation
import Testing

import Settings

struct KafkaPropertyTests {
    private func with(_ properties: String) -> String {
        least.replacing("kafka: {bootstrap.servers: \"localhost:9092\"}", with: "kafka:\n" + properties)
    }

    @Test func `librdkafka's properties pass through under their whole names`() throws {
        let settings = try PipelineSettings.parse(
            with("  bootstrap.servers: a:1,b:2\n  fetch.wait.max.ms: 5\n  group.instance.id: one\n  group.id: mine\n"))
        #expect(
            settings.kafka == [
                "bootstrap.servers": "a:1,b:2", "fetch.wait.max.ms": "5", "group.instance.id": "one",
                "group.id": "mine",
            ])
    }

    @Test func `a property may stand outside of the section under its whole name`() throws {
        let settings = try PipelineSettings.parse(least + "kafka.client.id: me\n")
        #expect(settings.kafka["client.id"] == "me")
        #expect(settings.kafka["bootstrap.servers"] == "localhost:9092")
    }

    @Test(arguments: KafkaProperties.owned)
    func `a property that Millrace owns is refused with what to use instead`(_ owned: KafkaProperties.Owned) {
        let found = errors(with("  bootstrap.servers: a:1\n  \(owned.name): x\n"))
        #expect(
            found == [
                "m.yaml:4:3: kafka.\(owned.name): belongs to Millrace; allowed: \(owned.allowed); \(owned.advice)"
            ])
    }

    @Test(arguments: [
        "isolation.level", "enable.auto.commit", "enable.auto.offset.store", "transactional.id", "enable.idempotence",
        "partitioner", "auto.offset.reset", "enable.partition.eof", "group.protocol",
    ])
    func `what decides about loss and order is owned`(_ name: String) {
        #expect(KafkaProperties.owned.contains { $0.name == name })
    }

    @Test func `the brokers are required`() {
        let found = errors(with("  client.id: me\n"))
        #expect(found.count == 1)
        #expect(found[0].contains("kafka.bootstrap.servers: isn't given"))
        #expect(errors(with("  bootstrap.servers: \"\"\n"))[0].contains("kafka.bootstrap.servers: found ``"))
    }

    @Test func `nested properties are refused with the whole name to write`() {
        let found = errors(with("  bootstrap.servers: a:1\n  sasl: {mechanism: PLAIN}\n"))
        #expect(found.count == 1)
        #expect(found[0].hasSuffix("write its whole dotted name, like `sasl.KEY: value`"))
    }

    @Test func `a secret is read from its file and never printed`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "password")
        try "s3cret word\n".write(to: file, atomically: true, encoding: .utf8)

        let settings = try PipelineSettings.parse(
            with(
                "  bootstrap.servers: a:1\n  sasl.password: file:\(file.path)\n  sasl.username: file:\(file.path)\n"
                    + "  ssl.key.password: \"plain pass\"\n"))
        #expect(settings.kafka["sasl.password"] == "s3cret word")
        #expect(settings.kafka["sasl.username"] == "s3cret word")
        #expect(settings.kafka["ssl.key.password"] == "plain pass")
        var dumped = ""
        dump(settings, to: &dumped)
        for text in [settings.redacted, "\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("s3cret"))
            #expect(!text.contains("plain pass"))
            #expect(text.contains("kafka.sasl.password: (secret)"))
            #expect(text.contains("kafka.bootstrap.servers: a:1"))
        }
        #expect(!settings.digestFields.contains { $0.text.contains("s3cret") })
    }

    @Test func `a secret's file that isn't there is named`() {
        let found = errors(with("  bootstrap.servers: a:1\n  sasl.password: file:/no/such/secret\n"))
        #expect(
            found == [
                "m.yaml:4:18: kafka.sasl.password: can't read the file `/no/such/secret`; "
                    + "allowed: a readable file of UTF-8 text; name one"
            ])
    }
}
