import JSONTree
import RecordCodecs
import Records
import TestSupport
import Testing

/// The fast way against jansson, on records that are mutated at random.
@Suite struct DifferentialFuzzTests {
    private static let seeds = [
        #"{"id": "e-1", "timestamp": 1700000000123, "features": {"a": 0.06, "b": -3}, "label": "UP", "weight": 1}"#,
        #"{"id":17,"timestamp":"2024-02-29T23:59:59.5+01:00","features":{"b":1e3,"a":null,"c":[1,{"d":"é"}]},"label":"DOWN"}"#,
        #"{"x":{"id":1,"y":[[],{},"\n\\",true,false,null]},"features":{"a":-0.0,"b":12345678901234567},"label":null}"#,
        #"{"features":{"a":1},"id":"a\/bé","weight":0,"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,"k8":8,"k9":9}"#,
        #"{"id":"electricity-000017","note":"some text ☃","features":{"a":0.439155,"b":0.422915},"weight":1.25}"#,
        #"{ "more" : { "deep" : [ 1.5 , 2 , { "x" : "yyyyyyyy" } ] } , "features" : { "b" : 17.25 , "extra" : 12 } }"#,
    ].map { Array($0.utf8) }

    private static let pieces = [
        "\"", "\\", "\\u0061", "\\u0000", "\\ud83d\\ude00", "{", "}", "[", "]", ",", ":", "1e309", "-0",
        "9223372036854775808", "1.5e-3",
        "null", "true", "\"a\":1,", "\"features\":", "\u{FEFF}", "\0", " ", "\t", "0", "-", ".", "e", "\"id\":1.50,",
        "é", "\u{212A}", "{\"a\":{\"a\":[",
    ].map { Array($0.utf8) }

    private static func mutated(_ generator: inout SplitMix64) -> [UInt8] {
        var bytes = seeds.randomElement(using: &generator)!
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let other = Int.random(in: 0...bytes.count, using: &generator)
            let range = min(place, other)..<min(max(place, other), min(place, other) + 5)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &generator)!, at: place)
            case 3: bytes.removeSubrange(range)
            case 4: bytes.insert(contentsOf: bytes[range], at: place)
            case 5: bytes.replaceSubrange(range, with: pieces.randomElement(using: &generator)!)
            default:
                if place < bytes.count {
                    bytes[place] = "0123456789.eE+-\"{}[],: "[Int.random(in: 0..<23, using: &generator)]
                }
            }
        }
        return bytes
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `what the fast way accepts, jansson accepts with the same row`(_ seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let binary = try Bench(.binary(["a", "b", "K"]))
        let regression = try Bench(.regression)
        var accepted = 0
        for round in 0..<5000 {
            let bytes = Self.mutated(&generator)
            let isBinary = Bool.random(using: &generator)
            let fast = isBinary ? binary.scans(bytes) : regression.scans(bytes)
            let outcome = isBinary ? binary.decode(bytes) : regression.decode(bytes)
            let slow = isBinary ? binary.decodeSlowly(bytes) : regression.decodeSlowly(bytes)
            #expect(outcome == slow, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
            if fast { accepted += 1 }
        }
        // Otherwise the mutations would tell nothing about the fast way.
        #expect(accepted > 250, "seed \(seed)")
    }

    @Test func `valid records of all shapes are read alike by both ways`() throws {
        var generator = SplitMix64(seed: 5)
        let bench = try Bench(.binary(["a", "b", "c", "d"]))
        for round in 0..<3000 {
            var members = ["a", "b", "c", "d", "x", "y"].shuffled(using: &generator)
                .prefix(Int.random(in: 1...6, using: &generator)).map { "\"\($0)\":\(Self.number(&generator))" }
            if Bool.random(using: &generator) { members.append(#""z":{"z":[1,"2"]}"#) }
            let bytes = Array(#"{"id":\#(round + 1),"features":{\#(members.joined(separator: ","))}}"#.utf8)
            let outcome = bench.decode(bytes)
            #expect(outcome == bench.decodeSlowly(bytes), "round \(round): \(String(decoding: bytes, as: UTF8.self))")
            if outcome.error == nil { #expect(bench.scans(bytes)) }
        }
    }

    private static func number(_ generator: inout SplitMix64) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: "\(Int64.random(in: -1_000_000...1_000_000, using: &generator))"
        case 1: "\(Double.random(in: -1...1, using: &generator))"
        case 2: "\(Int.random(in: 0...99, using: &generator))e\(Int.random(in: -330...13, using: &generator))"
        default: "null"
        }
    }
}

extension String {
    fileprivate subscript(place: Int) -> UInt8 { Array(utf8)[place] }
}
