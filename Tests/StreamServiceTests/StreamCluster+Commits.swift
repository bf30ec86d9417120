import KafkaClient
import Settings
import Testing

extension StreamCluster {
    /// Every input below the committed position has its output in the topics: a crash at this moment loses nothing.
    func expectDeliveredBelowCommit(
        _ inputs: [Int32: [Input]], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        // First the commits, then the outputs: what was committed then must be there by now.
        let committed = try committed()
        let outputs = try read(settings.topics.predictions) + read(settings.topics.deadLetters)
        let delivered = Set(outputs.map(\.input))
        for (partition, next) in committed {
            let place = "\(settings.topics.features)/\(partition)"
            let missing = (0..<next).filter { !delivered.contains("\(place)/\($0)") }
            #expect(missing == [], "committed up to \(next), but these have no output", sourceLocation: sourceLocation)
        }
    }
}
