import TestSupport
import Testing

import Settings

struct MalformedFileTests {
    @Test func `a file that is cut off anywhere is refused or right, and never more than that`() {
        let bytes = Array(ConfigurationPage.exampleSettings.utf8)
        for end in bytes.indices {
            for line in errors(String(decoding: bytes[..<end], as: UTF8.self)) { #expect(line.hasPrefix("m.yaml:")) }
        }
    }

    @Test func `a file with bytes changed at random is refused or right`() {
        let seed: UInt64 = 20_261_121
        var generator = SplitMix64(seed: seed)
        let bytes = Array(ConfigurationPage.exampleSettings.utf8)
        for round in 0..<400 {
            var broken = bytes
            for _ in 0...round % 4 {
                let alphabet = Array("{}[]:,-&*!|>'\"%@`#~0aé\n\t $.".utf8)
                broken[Int(generator.next() % UInt64(broken.count))] =
                    alphabet[Int(generator.next() % UInt64(alphabet.count))]
            }
            for line in errors(String(decoding: broken, as: UTF8.self)) {
                #expect(line.hasPrefix("m.yaml:"), "seed \(seed), round \(round)")
            }
        }
    }

    @Test func `deep nesting and aliases are refused in short words`() {
        let deep = "pipeline: " + String(repeating: "[", count: 5000)
        #expect(errors(deep).count == 1)
        let bomb =
            "a: &a [x, x, x, x]\n"
            + ["b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].reduce(into: ("", "a")) {
                $0.0 += "\($1): &\($1) [\(Array(repeating: "*\($0.1)", count: 9).joined(separator: ", "))]\n"
                $0.1 = $1
            }.0
        let found = errors(bomb)
        #expect(found.allSatisfy { $0.utf8.count < 1000 })
        #expect(found.contains { $0.contains("has too many parts; allowed: at most 100000") })
    }
}
