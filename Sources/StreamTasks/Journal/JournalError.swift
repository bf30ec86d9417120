package import KafkaClient
package import Records

/// Why a journal, or the inputs that it names, can't be followed.
package struct JournalError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Problem: Equatable, Sendable {
        /// Not an entry as this version writes it.
        case malformed(found: String, allowed: String)
        /// Entries are missing or doubled.
        case sequence(found: UInt64, allowed: ClosedRange<UInt64>)
        /// A run overlaps what was consumed before it, or leaves something out.
        case notContinued(InputRun, allowed: NextOffset)
        /// A run of an input that the task doesn't have.
        case unknownInput(TopicPartition, allowed: [TopicPartition])
        /// The task's count goes back.
        case recordsGoBack(found: UInt64, before: UInt64)
        /// The snapshot says something else of the same entry.
        case otherSnapshot(found: UInt64, snapshot: UInt64)
        /// The journal ends before the place that the snapshot goes on from: it was made anew.
        case endedEarlier(high: Int64, needed: Int64)
        /// The journal ends before what the group has committed.
        case behindCommitted(TopicPartition, found: NextOffset, committed: NextOffset)
        /// The record that ended a run isn't in its input any more.
        case missingRecords(InputRun, next: NextOffset)
        /// An entry's runs were read, and gave more or fewer records than when they were written.
        case otherRecords(found: UInt64, written: UInt64)
        /// Nothing came of a run's records, nor the end of their input.
        case silentInput(InputRun, seconds: Double)
        /// Nothing came of the journal itself, nor its end.
        case silent(at: Int64, seconds: Double)
    }

    package var problem: Problem
    package var journal: TopicPartition
    /// Of the entry; nil where it isn't about one.
    package var offset: Int64?

    package init(_ problem: Problem, journal: TopicPartition, offset: Int64? = nil) {
        self.problem = problem
        self.journal = journal
        self.offset = offset
    }

    package var disposition: Disposition { .stop }

    package var description: String {
        let place = offset.map { "the journal \(journal) at offset \($0)" } ?? "the journal \(journal)"
        let anew = "start anew with --from-scratch"
        return switch problem {
        case .malformed(let found, let allowed):
            "\(place): found \(found), allowed is \(allowed); nobody but Millrace may write to this topic: \(anew)"
        case .sequence(let found, let allowed):
            "\(place): found entry \(found), allowed is \(Self.text(allowed)): entries are missing or doubled; "
                + "bring the topic back as it was, or \(anew); its retention must be longer than a stop may last"
        case .notContinued(let run, let allowed):
            "\(place): found the run \(run), allowed is one from \(allowed); bring the topic back as it was, or \(anew)"
        case .unknownInput(let input, let allowed):
            "\(place): found a run of \(input), allowed are \(allowed.map(\.description).joined(separator: ", ")); "
                + "take the change of topics or partitions back, or \(anew)"
        case .recordsGoBack(let found, let before):
            "\(place): found \(found) records consumed, allowed are \(before) or more; bring the topic back as it was, or \(anew)"
        case .otherSnapshot(let found, let snapshot):
            "\(place): found \(found) records consumed, the snapshot that stands after it has \(snapshot); "
                + "snapshots and topic belong to different runs: bring back the ones that belong together, or \(anew)"
        case .endedEarlier(let high, let needed):
            "\(place): ends at \(high), and the snapshot stands at \(needed): the topic was made anew; \(anew)"
        case .behindCommitted(let input, let found, let committed):
            "\(place): ends at \(found) of \(input), and the group has committed \(committed); "
                + "put the group's position back where it was, or \(anew)"
        case .missingRecords(let run, let next):
            "\(place): the records of the run \(run) are gone, the next one there gives the position \(next); "
                + "the input's retention must be longer than the longest time between two snapshots: raise it, and \(anew)"
        case .otherRecords(let found, let written):
            "\(place): found \(found) records consumed at its end, written are \(written): records of its inputs are gone or "
                + "were added; \(anew)"
        case .silentInput(let run, let seconds):
            "\(place): nothing of the run \(run) came within \(seconds) seconds; "
                + "see whether its brokers are there and start again"
        case .silent(let position, let seconds):
            "\(place): nothing came from \(position) on within \(seconds) seconds; "
                + "see whether its brokers are there and start again"
        }
    }

    private static func text(_ range: ClosedRange<UInt64>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}
