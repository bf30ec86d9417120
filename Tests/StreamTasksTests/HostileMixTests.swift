import Crypto
import JSONTree
import OnlineLearning
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport
import Testing

/// Whatever stands in the mix topic: what isn't a sound message is refused and counted, and nothing of it reaches the model.
@Suite struct HostileMixTests {
    private func settings(_ mix: String = "{every: 20}") throws -> PipelineSettings {
        try SampleSettings.binary(model: "{kind: logistic, scope: shared, mix: \(mix)}")
    }

    private func driver(partition: Int32 = 0, seed: UInt64 = 121) throws -> TaskDriver {
        var driver = try TaskDriver(settings(), partition: partition)
        for record in sampleRecords(200, seed: seed) { driver.pipe(record) }
        return driver
    }

    /// State and metadata but for what counts messages.
    private func state(_ driver: borrowing TaskDriver) -> [String: StateArchive.Tensor] {
        let state = driver.task.snapshot(writtenAt: 0).state
        var parts: [String: StateArchive.Tensor] = [:]
        for name in state.names where name != "mix/messages" { parts[name] = state[name] }
        return parts
    }

    /// A message with other bytes at a place and the right checksum.
    private func forged(_ message: [UInt8], at place: Int, _ bytes: [UInt8]) -> [UInt8] {
        var forged = message
        forged.replaceSubrange(place..<place + bytes.count, with: bytes)
        let body = forged.dropLast(8)
        return Array(body + SHA256.hash(data: body).prefix(8))
    }

    @Test func `a message that is torn or flipped anywhere is refused by name`() throws {
        var other = try driver(partition: 1, seed: 122)
        let message = try #require(other.sink.mixes.last)
        var one = try driver()
        let before = state(one)
        var offset: Int64 = 0
        func refused(_ bytes: [UInt8]?) -> MixError? {
            offset += 1
            return one.mix(bytes, from: 1, offset: offset)
        }
        #expect(refused(nil) == .tombstone)
        for length in 0..<8 { #expect(refused(Array(message[..<length])) == .unknownFormat(bytes: length)) }
        for length in 8..<40 { #expect(refused(Array(message[..<length])) == .otherSettings) }
        for length in 40..<message.count {
            #expect(refused(Array(message[..<length])) == .wrongLength(found: length, expected: message.count))
        }
        #expect(refused(message + [0]) == .wrongLength(found: message.count + 1, expected: message.count))
        #expect(refused(message + [UInt8](repeating: 0, count: 12)) == .wrongChecksum)
        for place in message.indices {
            var flipped = message
            flipped[place] ^= 0x10
            let expected: MixError =
                switch place {
                case ..<8: .unknownFormat(bytes: message.count)
                case ..<40: .otherSettings
                default: .wrongChecksum
                }
            #expect(refused(flipped) == expected, "byte \(place)")
        }
        let isUnchanged = state(one) == before
        #expect(isUnchanged)
        #expect(one.task.mixes == MixCounters(refused: UInt64(offset)))
        #expect(one.task.mixPositions == [1: NextOffset(offset + 1)])
        #expect(one.task.inputsConsumed == 200 + UInt64(offset))
        #expect(refused(message) == nil)
        other.pipe(#"{"features":{"a":1,"b":2},"label":"UP"}"#)
        #expect(one.task.mixes.taken == 1)
    }

    @Test func `messages written under other settings are refused`() throws {
        let other = try driver(partition: 1).sink.mixes[5]
        for model in [
            "{kind: logistic, scope: shared, mix: {every: 21}}", "{kind: logistic, l2: 0.1, scope: shared}",
        ] {
            var one = try TaskDriver(SampleSettings.binary(model: model))
            #expect(one.mix(other, from: 1, offset: 0) == .otherSettings)
        }
        var wider = try TaskDriver(
            PipelineSettings.parse(
                """
                pipeline: sample
                kafka: {bootstrap.servers: "localhost:9092"}
                features: [{name: a}, {name: b}, {name: c}]
                target: {kind: binary, classes: [DOWN, UP]}
                model: {kind: logistic, scope: shared, mix: {every: 20}}
                """))
        #expect(wider.mix(other, from: 1, offset: 0) == .otherSettings)
    }

    @Test func `numbers that can't be, under a right checksum, are refused and leave the model finite`() throws {
        let message = try driver(partition: 1, seed: 123).sink.mixes[5]
        var one = try driver()
        let before = state(one)
        let parameters = 48
        let statistics = parameters + 3 * 4
        var offset: Int64 = 0
        func refused(_ place: Int, _ bytes: [UInt8]) -> MixError? {
            offset += 1
            return one.mix(forged(message, at: place, bytes), from: 1, offset: offset)
        }
        func bytes<Number>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
        for value in [Float.nan, .infinity, -1e30] {
            guard case .unsound(.parameter(index: 2, _)) = refused(parameters + 8, bytes(value)) else {
                Issue.record("\(value) was taken")
                continue
            }
        }
        for value in [Double.nan, .infinity, 1e300, -1e300] {
            #expect(refused(statistics + 32, bytes(value)) == .unsound(.statistics(index: 1)))
        }
        #expect(refused(40, bytes(UInt64(0))) == .unsound(.learned(0)))
        let isKept = state(one) == before
        #expect(isKept)
        // It has heard of more than this task ever learned.
        let heard: [UInt8] = message[..<(message.count - 8)] + [0, 0, 0, 0] + [UInt8](repeating: 255, count: 8)
        offset += 1
        #expect(one.mix(heard + SHA256.hash(data: heard).prefix(8), from: 1, offset: offset) == nil)
        // Every number of it at its worst, and any garbage of the right length: nothing traps, and all stays finite.
        var random = SplitMix64(seed: 124)
        for _ in 0..<2_000 {
            let length = Int.random(in: 1...16, using: &random)
            let place = Int.random(in: 40...(message.count - 8 - length), using: &random)
            _ = refused(place, (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
            one.pipe(#"{"features":{"a":1,"b":2},"label":"UP"}"#)
            let weights = try one.task.snapshot(writtenAt: 0).state.floats("model/weights")
            #expect(weights.allSatisfy { $0.isFinite })
        }
        let score = try JSONValue.parse(one.sink.predictions.last?.value ?? [])["score"]?.doubleValue
        #expect((0...1).contains(try #require(score)))
        #expect(one.task.mixes.taken > 0)
        var restored = try TaskDriver(settings())
        try restored.restore(one.task.snapshot(writtenAt: 0))
        #expect(restored.task.snapshot(writtenAt: 0) == one.task.snapshot(writtenAt: 0))
    }

    @Test func `a snapshot with shares that can't be is refused`() throws {
        var one = try driver()
        one.mix(try driver(partition: 1).sink.mixes[3], from: 1, offset: 0)
        let snapshot = one.task.snapshot(writtenAt: 0)
        func restore(_ name: String, _ change: (inout StateArchive.Tensor) -> Void) throws {
            var state = snapshot.state
            var tensor = try #require(state[name])
            change(&tensor)
            state.put(name, tensor)
            var other = try TaskDriver(settings())
            try other.restore(Snapshot(metadata: snapshot.metadata, state: state))
        }
        try restore("mix/others/members") { _ in }
        #expect(throws: StateError.self) { try restore("mix/others/members") { $0.bytes[0] = 0 } }
        #expect(throws: StateError.self) { try restore("mix/others/members") { $0.bytes[7] = 1 } }
        #expect(throws: StateError.self) {
            try restore("mix/others/parameters") { $0.bytes.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F]) }
        }
        #expect(throws: StateError.self) { try restore("mix/others/statistics") { $0.bytes.removeLast(8) } }
        #expect(throws: StateError.self) { try restore("mix/others/counters") { $0.bytes.removeLast(8) } }
    }
}
