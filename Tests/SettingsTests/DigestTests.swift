import Testing

import Settings

struct DigestTests {
    private func settings(_ yaml: String) throws -> PipelineSettings { try PipelineSettings.parse(yaml) }

    @Test func `the same meaning in other words has the same digest`() throws {
        let one = try settings(least)
        let other = try settings(
            least
                + "seed: 42\nlearning.batch: 1\nevaluation: {window: 1000}\ndrift: [{watch: loss}, {watch: prediction}, {watch: feature}, {watch: quality}]\n"
                + "limits.magnitude: 1000000000000000\n")
        #expect(one.digest == other.digest)
        #expect(other.changedKeys(against: one.digestFields).isEmpty)
        #expect(one.digest.count == 64)
    }

    @Test(arguments: [
        "workers: 2", "commit.interval: 1s", "snapshots.every: 5m", "snapshots.keep: 3", "http: {listen: \"a:1\"}",
        "kafka.client.id: me", "topics.predictions: elsewhere",
    ])
    func `what the state doesn't rest on may change`(_ line: String) throws {
        let old = try settings(least)
        let new = try settings(least + line + "\n")
        #expect(new.digest == old.digest)
        #expect(new.changedKeys(against: old.digestFields).isEmpty)
    }

    @Test(arguments: [
        ("seed: 43", "seed"), ("learning.batch: 2", "learning.batch"),
        ("model.optimizer: {kind: sgd, step-size: 3}", "model.optimizer.step-size"), ("model.l2: 0.1", "model.l2"),
        ("record.label: /y", "record.label"),
        ("limits.magnitude: 10", "limits.magnitude"), ("scaling.fading: 0.5", "scaling.fading"),
        ("evaluation.window: 10", "evaluation.window"), ("model.loss: hinge", "model.loss"),
    ])
    func `what the state rests on is named when it changes`(_ line: String, _ key: String) throws {
        let isOfOptimizer = key.hasPrefix("model.optimizer") || key == "model.l2"
        let usual = isOfOptimizer ? "model.optimizer: {kind: sgd}\n" : ""
        let old = try settings(least + usual)
        let new = try settings(least + (line.hasPrefix("model.optimizer") ? "" : usual) + line + "\n")
        #expect(new.digest != old.digest)
        #expect(new.changedKeys(against: old.digestFields) == [key])
    }

    @Test func `how models are shared is named when it changes, and no key of it stands where they aren't`() throws {
        let own = try settings(least + "model.optimizer.kind: sgd\n")
        let shared = try settings(least + "model.scope: shared\n")
        #expect(!own.digestFields.contains { $0.key.hasPrefix("model.mix") })
        #expect(shared.changedKeys(against: own.digestFields) == ["model.scope", "model.mix.every"])
        let rarer = try settings(least + "model.scope: shared\nmodel.mix.every: 100\n")
        #expect(rarer.changedKeys(against: shared.digestFields) == ["model.mix.every"])
        let elsewhere = try settings(least + "model.scope: shared\ntopics.mix: elsewhere\n")
        #expect(elsewhere.digest == shared.digest)
        #expect(elsewhere.topics.mix == "elsewhere")
    }

    @Test func `features, classes and watches are named by what differs`() throws {
        let old = try settings(least)
        func changed(_ from: String, _ to: String) throws -> [String] {
            try settings(least.replacing(from, with: to)).changedKeys(against: old.digestFields)
        }
        #expect(try changed("{name: nswprice}", "{name: nswprice, scale: none}") == ["features.nswprice.scale"])
        #expect(try changed("[DOWN, UP]", "[UP, DOWN]") == ["target.classes"])
        #expect(try changed("[DOWN, UP]", "[0, \"1\"]") == ["target.classes"])
        let swapped = least.replacing("nswprice", with: "x").replacing("nswdemand", with: "nswprice")
            .replacing("{name: x}", with: "{name: nswdemand}")
        #expect(try settings(swapped).changedKeys(against: old.digestFields) == ["features"])
        #expect(try settings(swapped).digest != old.digest)
        #expect(try changed("model: {kind: logistic}", "model: {kind: logistic}\ndrift: []").first == "drift")
    }

    @Test func `texts don't run into their neighbours`() {
        #expect(
            PipelineSettings.digest(of: [("a", "b\",\"c"), ("d", "")])
                != PipelineSettings.digest(of: [("a", "b"), ("c", "\",\"d")]))
        #expect(
            PipelineSettings.digest(of: [("a", "1"), ("b", "2")])
                == PipelineSettings.digest(of: [("b", "2"), ("a", "1")]))
    }

    @Test func `a digest is SHA-256 over the fields as one JSON array, in the order of their keys`() {
        #expect(
            PipelineSettings.digest(of: [("features", "[\"x\"]"), ("a", "1")])
                == "f6dd4e2e400bde3234099ba3f246c651c0f17fdee1d955b81b0118839b11693e")
    }
}
