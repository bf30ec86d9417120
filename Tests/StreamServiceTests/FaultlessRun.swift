import KafkaClient
import Settings
import Snapshots
import StreamTasks
import Testing

/// What a run without any fault writes and ends with, by a task that knows no broker.
struct FaultlessRun {
    /// By the input header.
    var predictions: [String: [UInt8]] = [:]
    var deadLetters: [String: [UInt8]?] = [:]
    var drift: Set<String> = []
    /// Records consumed and the checksum over all state, by partition.
    var states: [Int32: String] = [:]

    init(_ cluster: StreamCluster, _ inputs: [Int32: [Input]]) throws {
        for (partition, records) in inputs {
            var driver = try TaskDriver(cluster.settings, partition: partition)
            for record in records {
                driver.pipe(record.value, key: record.key.map { Array($0.utf8) }, timestamp: record.timestamp)
            }
            let place = "\(cluster.settings.topics.features)/\(partition)"
            for output in driver.sink.predictions { predictions["\(place)/\(output.offset)"] = output.value }
            for letter in driver.sink.deadLetters { deadLetters["\(place)/\(letter.offset)"] = letter.value }
            for output in driver.sink.drift {
                drift.insert("\(partition) \(output.signal) \(String(decoding: output.value, as: UTF8.self))")
            }
            states[partition] = try Self.text(driver.task.snapshot(writtenAt: 0))
        }
    }

    static func text(_ snapshot: Snapshot) throws -> String {
        let checked = try SnapshotFormat.decode(SnapshotFormat.encode(snapshot))
        return "\(checked.metadata.recordsConsumed) \(checked.metadata.checksum)"
    }
}

extension StreamCluster {
    /// The newest snapshot of each partition, as `FaultlessRun` has it.
    func finalStates() throws -> [Int32: String] {
        var states: [Int32: String] = [:]
        for listing in SnapshotListing.all(root: settings.snapshots.directory, pipeline: settings.pipeline)
        where states[listing.partition] == nil {
            let snapshot = try Snapshot(contentsOf: listing.path)
            states[listing.partition] = "\(snapshot.metadata.recordsConsumed) \(snapshot.metadata.checksum)"
        }
        return states
    }

    /// Every input has exactly one prediction or one dead letter, a repeat is the same to the byte, the state is that of a
    /// run without the fault, and all of it is committed.
    /// - Parameter refused: inputs whose predictions couldn't be written and are dead letters for that reason.
    /// - Returns: how many outputs were repeats.
    @discardableResult
    func expectExact(
        _ inputs: [Int32: [Input]], refused: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Int {
        let whole = try FaultlessRun(self, inputs)
        let predictions = try read(settings.topics.predictions)
        let letters = try read(settings.topics.deadLetters)
        var repeats = 0
        var byInput: [String: [UInt8]] = [:]
        for record in predictions {
            if byInput[record.input] != nil { repeats += 1 }
            byInput[record.input] = record.value
            #expect(
                record.value == whole.predictions[record.input], "the prediction for \(record.input)",
                sourceLocation: sourceLocation)
        }
        let expected = Set(whole.predictions.keys).subtracting(refused)
        #expect(
            expected.subtracting(byInput.keys).sorted() == [], "predictions missing", sourceLocation: sourceLocation)
        #expect(
            Set(byInput.keys).subtracting(expected).sorted() == [], "predictions too many",
            sourceLocation: sourceLocation)
        var dead: Set<String> = []
        for letter in letters {
            if !dead.insert(letter.input).inserted { repeats += 1 }
            if let original = whole.deadLetters[letter.input] {
                #expect(letter.value == original, "the dead letter of \(letter.input)", sourceLocation: sourceLocation)
            }
        }
        #expect(
            Set(whole.deadLetters.keys).union(refused).subtracting(dead).sorted() == [], "dead letters missing",
            sourceLocation: sourceLocation)
        #expect(
            dead.subtracting(whole.deadLetters.keys).subtracting(refused).sorted() == [], "dead letters too many",
            sourceLocation: sourceLocation)
        #expect(try finalStates() == whole.states, sourceLocation: sourceLocation)
        #expect(
            try committed() == inputs.mapValues { Int64($0.count) }, "what is committed", sourceLocation: sourceLocation
        )
        return repeats
    }
}
