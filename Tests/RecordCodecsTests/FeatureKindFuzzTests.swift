import RecordCodecs
import Records
import TestSupport
import Testing

/// The fast way against jansson, on features of all kinds.
@Suite struct FeatureKindFuzzTests {
    private static let scalars = [
        "1", "-0", "0.5", "1e3", "1e15", "1e16", "-2.5e-9", "null", "true", "\"x\"", "\"\"", "\"a b\"", "\"A_b9 é\"",
        "\"\\n\\\"q\"", "\"\\u0041\"", "9007199254740993", "9223372036854775807", "9223372036854775808", "[]", "{}",
        "\"2024-02-29T12:00:00Z\"", "1700000000000", "[1,2]", "[1,2,3]", "[null,1,2]", "[[1,2]]",
        "[[1,2],[null,4],[5,6],[7,8]]", "[[1,2],[3]]", "[[1,2],3]", "[1,2,\"3\"]", "[[],[1,2]]", "{\"a\":1,\"a\":2}",
    ]

    private static func value(_ name: String, _ generator: inout SplitMix64) -> String {
        // Mostly of the right kind, else hardly any record would be accepted.
        guard Int.random(in: 0..<5, using: &generator) > 0 else { return scalars.randomElement(using: &generator)! }
        func number() -> String {
            Bool.random(using: &generator)
                ? "\(Int.random(in: -99...99, using: &generator))" : "\(Double.random(in: -1...1, using: &generator))"
        }
        func numbers(_ count: Int) -> String { "[" + (0..<count).map { _ in number() }.joined(separator: ",") + "]" }
        switch name {
        case "steps":
            let count = Int.random(in: 0...6, using: &generator)
            return "[" + (0..<count).map { _ in numbers(2) }.joined(separator: ", ") + "]"
        case "pixels": return numbers(3)
        case "when": return "\(Int64.random(in: 0...253_402_300_799_999, using: &generator))"
        case "note", "city":
            let letters = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
                "abAB09 ,.-é☃".randomElement(using: &generator)!
            }
            return "\"" + String(letters) + "\""
        default: return number()
        }
    }

    @Test(arguments: [UInt64(11), 12])
    func `both ways give the same rows and the same errors`(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let bench = try Bench(.kinds())
        var accepted = 0
        for round in 0..<4000 {
            let names = ["city", "a", "steps", "pixels", "when", "note", "other"].shuffled(using: &generator)
            let members = names.prefix(Int.random(in: 1...7, using: &generator)).map {
                "\"\($0)\":\(Self.value($0, &generator))"
            }
            let bytes = Array("{\"features\":{\(members.joined(separator: ","))}}".utf8)
            let fast = bench.scans(bytes)
            #expect(
                bench.decode(bytes) == bench.decodeSlowly(bytes),
                "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
            if fast { accepted += 1 }
        }
        #expect(accepted > 1000, "seed \(seed)")
    }

    // Debug builds keep locals on the heap that a release build doesn't.
    #if !DEBUG
        @Test func `a record of all kinds is decoded without an allocation`() throws {
            let schema = RecordSchema.kinds(target: .multiclass(classes: (0..<100).map { .text("c\($0)") }))
            var decoder = try RecordDecoder(schema)
            let row = FeatureRow(features: schema.features)
            let record = Array(
                (#"{"features":{"city":"Bern","a":1.5,"steps":[[1,2],[3,4],[5,6],[7,8]],"pixels":[1,null,3],"#
                    + #""when":1700000000123,"note":"some words, and more"},"label":"c77"}"#).utf8)
            func step() throws { try record.withUnsafeBytes { _ = try decoder.decode($0, into: row) } }
            try step()
            let allocations = try countAllocations { for _ in 0..<1000 { try step() } }
            #expect(allocations == 0)
        }
    #endif
}
