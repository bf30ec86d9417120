import Settings
import TestSupport
import Testing

/// A reference out of a file, as the settings take it.
struct ReferenceFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String, _ text: String) throws -> String { try folder.write(text, to: name) }

    private static let pipeline = """
        pipeline: mixed
        kafka: {bootstrap.servers: "localhost:9092"}
        features:
          - {name: n, path: /deep/n}
          - {name: c, kind: category, encode: one-hot, values: [x, y, "3"]}
        target: {kind: binary, classes: [DOWN, UP]}
        model: {kind: logistic}

        """

    private static func drift(_ path: String, _ more: String = "") -> String {
        pipeline + "drift: [{watch: feature, reference: {file: \"\(path)\"}\(more)}]\n"
    }

    private func samples(_ path: String) throws -> [[Double]] {
        try PipelineSettings.parse(Self.drift(path)).drift[0].samples.map(\.values)
    }

    private static let table = "other,c,n\nq,x,1.5\nq,3,NA\n,w,2\nq,,-4\n"

    @Test func `columns of the features' names are their references, in order, with what is missing and what is new`()
        throws
    {
        let found = try PipelineSettings.parse(Self.drift(try file("r.csv", Self.table))).drift[0].samples
        #expect(found.map(\.feature) == ["n", "c"])
        #expect(found[0].values == [1.5, .infinity, 2, -4])
        #expect(found[1].values == [0, 2, 3, .infinity])
    }

    @Test func `lines of JSON are read as the stream's records are`() throws {
        let lines = """
            {"deep": {"n": 1.5}, "features": {"c": "x"}, "label": "not looked at"}

            {"deep": {"n": null}, "features": {"c": "3"}}
            {"deep": {"n": 2}, "features": {"c": "w"}, "id": 7}
            {}
            {"deep": {"n": -4}}
            """
        #expect(
            try samples(try file("r.jsonl", lines)) == [
                [1.5, .infinity, 2, .infinity, -4], [0, 2, 3, .infinity, .infinity],
            ])
    }

    @Test func `of a long file so many records are drawn at most, always the same and in their order`() throws {
        let path = try file("r.csv", "n,c\n" + (0..<33_333).map { "\($0),x\n" }.joined())
        let found = try samples(path)
        #expect((5_000...10_000).contains(found[0].count))
        #expect(found[0] == found[0].sorted() && found[0].count == found[1].count)
        #expect(try samples(path) == found)
        // From all over the file, and not in step with anything.
        for part in 0..<10 {
            let share = found[0].count { (Double(part) * 3_333.3..<Double(part + 1) * 3_333.3).contains($0) }
            #expect(abs(share * 10 - found[0].count) < found[0].count / 3, "\(part): \(share)")
        }
        #expect(Set(zip(found[0].dropFirst(), found[0]).map { $0 - $1 }).count > 5)
        let short = try samples(try file("s.csv", "n,c\n" + (0..<10_000).map { "\($0),x\n" }.joined()))
        #expect(short[0].count == 10_000)
    }

    @Test func `the digest is that of the content, wherever the file lies`() throws {
        let paths = [
            try file("one.csv", Self.table), try file("moved.csv", Self.table),
            try file("same.csv", "c,n\nx,1.5\n3,?\nw,2\n,-4\n"),
            try file("changed.csv", Self.table.replacing("-4", with: "-5")),
        ]
        let settings = try paths.map { try PipelineSettings.parse(Self.drift($0)) }
        #expect(settings[1].digest == settings[0].digest && settings[2].digest == settings[0].digest)
        #expect(settings[3].changedKeys(against: settings[0].digestFields) == ["drift.0.reference.file"])
        let stream = try PipelineSettings.parse(Self.pipeline + "drift: [{watch: feature}]\n")
        #expect(stream.changedKeys(against: settings[0].digestFields).contains("drift.0.reference.file"))
        #expect(settings[0].redacted.contains("drift.0.reference.file: \(paths[0])"))
    }

    @Test func `a file that can't be the reference is refused by its name, with what was found`() throws {
        func first(_ path: String, _ more: String = "") -> String { errors(Self.drift(path, more)).first ?? "nothing" }
        let gone = folder.path + "/gone.csv"
        #expect(first(gone).contains("drift[0].reference.file: \(gone): can't be read"))
        let wrongName = try file("r.parquet", "")
        #expect(first(wrongName).contains("\(wrongName): expected is a name that ends in .csv"))
        let other = try file("other.csv", "c,m\nx,1\ny,2\n")
        #expect(first(other).contains("\(other), line 1: has no column `n`; its columns are c, m"))
        #expect(errors(Self.drift(other, ", features: [c]")).isEmpty)
        let text = try file("text.csv", "c,n\nx,1\ny,high\n")
        #expect(first(text).contains("\(text), record 2: /features/n: found"))
        let broken = try file("broken.jsonl", "{\"deep\": {\"n\": 1}, \"features\": {\"c\": \"x\"}}\n{\"deep\"\n")
        #expect(first(broken).contains("\(broken), record 2: malformed JSON"))
        let few = try file("few.csv", "c,n\nx,1\ny,\nw,\n")
        #expect(first(few).contains("\(few): 1 of its 3 records have a value of `n`; allowed: at least 2 values"))
        let undeclared = try file("undeclared.csv", "c,n\nx,1\nw,2\nw,3\n")
        #expect(first(undeclared).contains("1 of its 3 records have a value of `c`"))
        #expect(first(try file("empty.csv", "")).contains("is empty"))
        #expect(first(try file("empty.jsonl", "")).contains("0 of its 0 records have a value of `n`"))
    }

    @Test func `a file is the reference of features' tests alone, and the only one`() throws {
        let path = try file("r.csv", Self.table)
        func first(_ watch: String) -> String { errors(Self.pipeline + "drift: [\(watch)]\n").first ?? "nothing" }
        #expect(
            first("{watch: prediction, reference: {file: \"\(path)\"}}").contains(
                "drift[0].reference.file: a file can't be the reference of `prediction`; allowed: beside `watch: feature`"
            ))
        #expect(
            first("{watch: feature, reference: {file: \"\(path)\", rolling: 70}}").contains(
                "drift[0].reference.rolling: stands beside `reference.file`; allowed: one of the two"))
        #expect(
            first("{watch: loss, reference: {file: \"\(path)\"}}").contains(
                "drift[0].reference.file: has no meaning where `detector` is `e-detector`"))
        #expect(first("{watch: features, reference: {file: \"\(path)\"}}").contains("reference.file: has no meaning"))
    }
}
