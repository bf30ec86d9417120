import OnlineLearning
import Records
import Testing

import Settings

struct FeatureKindSettingsTests {
    /// A file whose only features are these, one a line.
    private func file(_ features: [String], _ more: String = "") -> String {
        """
        pipeline: p
        kafka: {bootstrap.servers: "localhost:9092"}
        features:
        \(features.map { "  - \($0)" }.joined(separator: "\n"))
        target: {kind: binary, classes: [DOWN, UP]}
        model: {kind: logistic}
        \(more)

        """
    }

    private func kind(_ feature: String) throws -> FeatureKind {
        try PipelineSettings.parse(file([feature])).features[0].kind
    }

    @Test func `each kind is read with its own settings`() throws {
        #expect(try kind("{name: a}") == .number)
        #expect(
            try kind("{name: a, kind: category, values: [1, x, true]}")
                == .category(.oneHot(values: [.number(1, spelling: "1"), .text("x"), .boolean(true)])))
        #expect(try kind("{name: a, kind: category, encode: one-hot}") == .category(.vocabulary(VocabularyLimits())))
        #expect(
            try kind("{name: a, kind: category, vocabulary: {cap: 5, minimum: 3, expiry: 1000 records}}")
                == .category(.vocabulary(VocabularyLimits(cap: 5, minimum: 3, expiry: 1000))))
        #expect(try kind("{name: a, kind: vector, length: 4}") == .vector(length: 4))
        #expect(try kind("{name: a, kind: vector, shape: [1, 2, 3]}") == .vector(length: 6, image: [1, 2, 3]))
        #expect(try kind("{name: a, kind: timestamp, path: /timestamp}") == .timestamp)
    }

    @Test func `hashed features and sequences are for the models that take them`() throws {
        for feature in [
            "{name: a, kind: category}", "{name: a, kind: category, encode: hash, bits: 20}", "{name: a, kind: text}",
        ] {
            #expect(try PipelineSettings.parse(file([feature])).encoder.shape.sparse > 0)
            let found = errors(file([feature]).replacing("kind: logistic", with: "kind: mlp"))
            #expect(found.count == 1 && found[0].contains("model.kind: `mlp` doesn't see hashed features"), "\(found)")
        }
        let sequence = file(["{name: a, kind: sequence, length: 2, steps: 9}"])
        let found = errors(sequence)
        #expect(found.count == 1 && found[0].contains("model.kind: `logistic` doesn't read sequences"), "\(found)")
        #expect(try PipelineSettings.parse(sequence.replacing("kind: logistic", with: "kind: gru")).modelKind == "gru")
    }

    @Test func `a vector's columns are a range or a list`() throws {
        let settings = try PipelineSettings.parse(
            file([
                "{name: a, kind: vector, columns: p8..p11, shape: [1, 2, 2]}",
                "{name: b, kind: vector, columns: [x, y]}",
            ]))
        #expect(settings.vectorColumns == ["a": ["p8", "p9", "p10", "p11"], "b": ["x", "y"]])
        #expect(settings.features.map(\.kind) == [.vector(length: 4, image: [1, 2, 2]), .vector(length: 2)])
        #expect(settings.encoder.shape == InputShape(dense: 6))
    }

    @Test func `what stands for a missing value is read`() throws {
        let settings = try PipelineSettings.parse(
            file(["{name: a, missing: constant, constant: -1.5}", "{name: b, missing: indicator}"]))
        #expect(settings.features.map(\.missing) == [.constant, .indicator])
        #expect(settings.features[0].constant == -1.5)
        #expect(settings.encoder.shape.dense == 3)
    }

    @Test(arguments: [
        ("{name: a, kind: image}", "features[0].kind: found `image`; allowed: `number`, `category`, `vector`"),
        ("{name: a, kind: categry}", "did you mean `category`?"),
        (
            "{name: a, values: [1]}",
            "features[0].values: has no meaning where `kind` is `number`; allowed: beside `category` alone"
        ),
        ("{name: a, vocabulary: {cap: 3}}", "features[0].vocabulary.cap: has no meaning where `kind` is `number`"),
        ("{name: a, kind: category, bits: 29}", "features[0].bits: found `29`; allowed: a whole number, 1 to 28"),
        (
            "{name: a, kind: category, values: [1], bits: 4}",
            "features[0].bits: has no meaning where `encode` is `one-hot`; allowed: beside `hash` or `text` alone"
        ),
        (
            "{name: a, kind: category, encode: hash, values: [1]}",
            "features[0].values: has no meaning where `encode` is"
        ),
        (
            "{name: a, kind: category, values: [1, 1.0]}",
            "features[0].values: found a list of 2; allowed: a list of diff"
        ),
        ("{name: a, kind: category, values: []}", "features[0].values: found a list of 0"),
        (
            "{name: a, kind: category, values: [1], vocabulary: {cap: 3}}",
            "features[0].vocabulary: stands beside `values`"
        ),
        (
            "{name: a, kind: category, values: [1], scale: none}",
            "features[0].scale: has no meaning where `kind` is `cat"
        ),
        ("{name: a, kind: vector}", "features[0].length: isn't given; allowed: a whole number, 1 to 65536"),
        ("{name: a, kind: vector, length: 5, shape: [1, 2, 2]}", "features[0].shape: comes to 4 values; allowed: 5 as"),
        ("{name: a, kind: vector, shape: [1, 2]}", "features[0].shape: found a list of 2; allowed: [channels, height"),
        (
            "{name: a, kind: vector, columns: p9..p1}",
            "features[0].columns: found `p9..p1`; allowed: `p0..p63`, or a list"
        ),
        ("{name: a, kind: vector, columns: p1..q2}", "features[0].columns: found `p1..q2`"),
        ("{name: a, kind: sequence, length: 2}", "features[0].steps: isn't given; allowed: a whole number, 1 to 4096"),
        ("{name: a, kind: sequence, length: 65536, steps: 4096}", "features[0].steps: comes to 268435456 numbers"),
        ("{name: a, missing: constant}", "features[0].constant: isn't given; allowed: a number"),
        ("{name: a, constant: 3}", "features[0].constant: has no meaning where `missing` is `mean`"),
        (
            "{name: a, kind: timestamp, missing: constant, constant: 1}",
            "features[0].missing: `constant` is for numbers"
        ),
        ("{name: a, kind: vector, length: x}", "features[0].length: found `x`; allowed: a whole number, 1 to 65536"),
    ])
    func `what doesn't fit is named with what is allowed`(_ feature: String, _ expected: String) {
        let found = errors(file([feature]))
        #expect(found.count >= 1 && found[0].hasPrefix("m.yaml:4:") && found[0].contains(expected), "\(found)")
    }

    @Test(arguments: [
        (
            "interactions: [[a, c]]",
            "interactions: found `c`, which is no declared number or category; allowed: `a`, `b`"
        ),
        ("interactions: [[a, a]]", "interactions: `a` and `a` are the same or stand there before"),
        ("interactions: [[a, b], [b, a]]", "interactions: `b` and `a` are the same or stand there before"),
        ("interactions: [a, b]", "interactions: found a list of 2; allowed: a list of pairs"),
        ("interactions: [[a, v]]", "interactions: found `v`, which is no declared number"),
        ("selection: {kind: best}", "selection.kind: found `best`; allowed: `none`, `variance`, `correlation`"),
        ("selection: {keep: 3}", "selection.keep: has no meaning where `selection.kind` is `none`"),
        ("selection: {kind: variance, keep: 3}", "selection.keep: has no meaning where `selection.kind` is `variance`"),
        ("selection: {kind: correlation, threshold: 3}", "selection.threshold: has no meaning"),
        ("model.scope: shared", "model.scope: `shared` is for numbers"),
    ])
    func `what is made of several features is checked`(_ line: String, _ expected: String) {
        let found = errors(file(["{name: a}", "{name: b}", "{name: v, kind: vector, length: 2}"], line))
        #expect(found.count >= 1 && found.contains { $0.contains(expected) && $0.hasPrefix("m.yaml:") }, "\(found)")
    }

    @Test func `a selection is read, and asks for a label only where there is one`() throws {
        let settings = try PipelineSettings.parse(
            file(["{name: a}"], "selection: {kind: mutual-information, keep: 3, every: 100 records}"))
        #expect(settings.selection == FeatureSelection(.mutualInformation, keep: 3, every: 100))
        let unlabelled = file(["{name: a}"], "selection: {kind: correlation}")
            .replacing("{kind: binary, classes: [DOWN, UP]}", with: "{kind: none}")
        #expect(errors(unlabelled).contains { $0.contains("selection.kind: `correlation` asks the label") })
    }

    @Test func `several classes and none are targets`() {
        func found(_ target: String) -> [String] {
            errors(file(["{name: a}"]).replacing("{kind: binary, classes: [DOWN, UP]}", with: target))
        }
        // No model of this version takes them yet; the target itself is right.
        #expect(found("{kind: multiclass, classes: [a, b, c]}").allSatisfy { $0.contains("model.kind") })
        #expect(found("{kind: none}").allSatisfy { $0.contains("model.kind") })
        #expect(found("{kind: binary, classes: [a, b, c]}")[0].contains("target.classes: found a list of 3"))
        #expect(found("{kind: none, classes: [a, b]}")[0].contains("target.classes: has no meaning where"))
        #expect(found("{kind: multiclass}")[0].contains("target.classes: isn't given"))
    }

    @Test func `what the state rests on is named when it changes`() throws {
        let first = ["{name: a, kind: category, values: [1, 2]}", "{name: b, missing: constant, constant: 1}"]
        let old = try PipelineSettings.parse(file(first))
        func changed(_ features: [String], _ more: String = "") throws -> [String] {
            try PipelineSettings.parse(file(features, more)).changedKeys(against: old.digestFields)
        }
        #expect(try changed(first).isEmpty)
        #expect(try changed([first[0].replacing("[1, 2]", with: "[2, 1]"), first[1]]) == ["features.a.values"])
        #expect(
            try changed([first[0], first[1].replacing("constant: 1", with: "constant: 2")]) == ["features.b.constant"])
        #expect(try changed(first, "selection: {kind: variance}").first == "selection.kind")
        #expect(!old.digestFields.contains { $0.key == "interactions" || $0.key.hasPrefix("selection") })
    }
}
