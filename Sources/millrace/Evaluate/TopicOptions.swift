internal import ArgumentParser
internal import KafkaClient

/// `--topic` and which of its records.
struct TopicOptions: ParsableArguments {
    @Option(name: .long, help: "Reads the feature records of this topic instead of a file. No group is joined.")
    var topic: String?

    @Option(name: .long, help: "The topic's partition; needed where it has several.")
    var partition: Int32?

    @Option(name: .long, help: ArgumentHelp("The first offset that is read.", valueName: "offset|earliest"))
    var from: OffsetBound?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The first offset that isn't read any more; latest is the end as it is now.", valueName: "offset|latest"))
    var to: OffsetBound?

    func validate() throws {
        if topic == nil, partition != nil || from != nil || to != nil {
            throw ValidationError("--partition, --from and --to go with --topic")
        }
        if let partition, partition < 0 { throw ValidationError("--partition is 0 or more") }
        if from == .latest { throw ValidationError("--from is an offset or earliest") }
        if to == .earliest { throw ValidationError("--to is an offset or latest") }
    }

    var range: OffsetRange { OffsetRange(from: from?.offset, to: to?.offset) }
}

/// An offset, or one of the ends of what a partition holds.
enum OffsetBound: ExpressibleByArgument, Equatable {
    case earliest, latest
    case offset(Int64)

    init?(argument: String) {
        switch argument {
        case "earliest": self = .earliest
        case "latest": self = .latest
        default:
            guard let offset = Int64(argument), offset >= 0 else { return nil }
            self = .offset(offset)
        }
    }

    /// Nil for an end.
    var offset: Int64? { if case .offset(let offset) = self { offset } else { nil } }
}
