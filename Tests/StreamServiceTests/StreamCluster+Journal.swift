import KafkaClient
import Settings
import StreamTestSupport
import Testing

extension StreamCluster {
    func followJournals() throws -> JournaledRun {
        try JournaledRun(
            settings, partitions: partitions, properties: ["bootstrap.servers": mock.bootstrapServers])
    }

    /// Every input has exactly one prediction or one dead letter; what the journal's order gives is among them; the state is
    /// that of a run that follows the journal from the start; all of it is committed.
    /// - Returns: the run that follows the journal, and how many predictions were repeats.
    @discardableResult
    func expectJournaled(
        _ inputs: [Int32: [Input]], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (run: JournaledRun, repeats: Int) {
        let run = try followJournals()
        let predictions = try read(settings.topics.predictions)
        let found = Dictionary(grouping: predictions, by: \.input).mapValues { $0.map(\.value) }
        let all = Set(
            inputs.flatMap { partition, records in
                records.indices.map { "\(settings.topics.features)/\(partition)/\($0)" }
            })
        let refused = run.deadLetters.filter { $0.hasPrefix(settings.topics.features + "/") }
        #expect(Set(run.predictions.keys).union(refused) == all, sourceLocation: sourceLocation)
        #expect(Set(found.keys) == Set(run.predictions.keys), "inputs predicted", sourceLocation: sourceLocation)
        let others = run.predictions.filter { found[$0.key]?.contains($0.value) != true }
        #expect(others.keys.sorted() == [], "predictions of another order", sourceLocation: sourceLocation)
        #expect(
            Set(try read(settings.topics.deadLetters).map(\.input)) == run.deadLetters, sourceLocation: sourceLocation)
        #expect(try finalStates() == run.states, sourceLocation: sourceLocation)
        #expect(run.sums == [], sourceLocation: sourceLocation)
        #expect(run.positions == inputs.mapValues { Int64($0.count) }, sourceLocation: sourceLocation)
        #expect(try committed() == run.positions, "what is committed", sourceLocation: sourceLocation)
        return (run, predictions.count - found.count)
    }

    /// Feeds all partitions in turns, so that their tasks can hear of each other in between.
    func feed(_ inputs: [Int32: [Input]], _ range: Range<Int>) throws {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 100) {
            for (partition, records) in inputs {
                try feed(Array(records[start..<min(start + 100, range.upperBound)]), partition: partition)
            }
        }
    }
}

extension RunningStream {
    /// Feeds all partitions, and waits until the tasks have consumed messages of each other in between.
    func hear(_ inputs: [Int32: [Input]], _ range: Range<Int>, in cluster: StreamCluster) throws {
        let before = try cluster.followJournals().otherRuns
        try cluster.feed(inputs, range)
        try wait("tasks have heard of each other") { try cluster.followJournals().otherRuns > before + 1 }
    }
}
