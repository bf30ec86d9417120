package import KafkaClient
package import Records

/// Records of one input that a task consumed one after the other, with none of another input between them.
package struct InputRun: Sendable, Hashable, CustomStringConvertible {
    package var input: TopicPartition
    /// Where the task stood in the input before the run.
    package var from: NextOffset
    /// Where it stood after it: the last record's offset + 1, so that the record at `to - 1` was there.
    package var to: NextOffset

    package init(_ input: TopicPartition, from: NextOffset, to: NextOffset) {
        self.input = input
        self.from = from
        self.to = to
    }

    package var description: String { "\(input) \(from)..<\(to)" }
}
