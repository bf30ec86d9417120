package import KafkaClient
package import Records

/// Leads a task through its inputs in the order in which it once consumed them.
///
/// It buffers nothing: it says of which input the next record must be, whatever arrives first. A pure machine: it knows no
/// topic and no clock.
/// - Cost: O(1) a record, allocates nothing; memory O(runs).
package struct JournalReplay: Sendable {
    /// What to do with a record that has arrived.
    package enum Verdict: Equatable, Sendable {
        /// It is the next one: process it silently, then say `took`.
        case take
        /// It was consumed before the place where the replay began, or in it.
        case skip
        /// Records of other inputs come before it.
        case wait
        /// The replay is over.
        case live
    }

    private struct Step: Sendable {
        var input: Int
        var to: Int64
        /// The place of the entry in `links`.
        var link: Int
        var endsEntry: Bool
    }

    package let journal: TopicPartition
    /// The task's inputs; their places here are what `admit` goes by.
    package let inputs: [TopicPartition]
    private let links: [JournalChain.Link]
    private let steps: [Step]
    private var positions: [Int64]
    private var current = 0
    /// Records are known to be gone, and the user has said to go on: counts can't be the same any more.
    private var allowsGap = false

    package init(_ chain: JournalChain) {
        journal = chain.journal
        links = chain.links
        let inputs = chain.start.positions.keys.sorted()
        self.inputs = inputs
        positions = inputs.map { chain.start.positions[$0]?.rawValue ?? 0 }
        let places = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ($1, $0) })
        steps = chain.links.indices.flatMap { link in
            let runs = chain.links[link].entry.runs
            return runs.indices.map { run in
                // The chain has refused runs of inputs that the task doesn't have.
                Step(
                    input: places[runs[run].input] ?? -1, to: runs[run].to.rawValue, link: link,
                    endsEntry: run == runs.count - 1)
            }
        }
    }

    /// Whether every entry was followed to its end.
    package var isLive: Bool { current == steps.count }

    /// The place of an input in `inputs`; nil where the task has no such input.
    package func place(of input: TopicPartition) -> Int? { inputs.firstIndex(of: input) }

    /// Goes on at a later position of an input: the records between are gone, and that is allowed.
    package mutating func skip(_ input: TopicPartition, to next: NextOffset) {
        guard let place = place(of: input), positions[place] < next.rawValue else { return }
        positions[place] = next.rawValue
        allowsGap = true
        passOver()
    }

    /// Runs that lie in an allowed gap.
    private mutating func passOver() {
        while allowsGap, !isLive, positions[steps[current].input] >= steps[current].to { current += 1 }
    }

    /// Where an input stands; nil where the task has no such input.
    package func position(of input: TopicPartition) -> NextOffset? {
        place(of: input).map { NextOffset(positions[$0]) }
    }

    /// The inputs of which records are still to be read.
    package var needed: Set<TopicPartition> { Set(steps[current...].map { inputs[$0.input] }) }

    /// The place of the input that must be read next; nil when live.
    package var nextInput: Int? { isLive ? nil : steps[current].input }

    /// What is left of the run that must be read next; nil when live.
    package var next: InputRun? {
        guard !isLive else { return nil }
        let step = steps[current]
        return InputRun(inputs[step.input], from: NextOffset(positions[step.input]), to: NextOffset(step.to))
    }

    /// Says what to do with a record.
    /// - Parameter input: the place of its input.
    /// - Throws: where the record that ended the run isn't there any more.
    package func admit(_ input: Int, offset: Int64) throws(JournalError) -> Verdict {
        if isLive { return .live }
        guard offset >= positions[input] else { return .skip }
        let step = steps[current]
        guard step.input == input else { return .wait }
        guard offset < step.to else { throw missing(next: NextOffset(after: offset)) }
        return .take
    }

    /// Notes that the record which was admitted last is processed.
    /// - Parameter consumed: the task's count after it, over all inputs.
    /// - Throws: where an entry's end is reached with another count than when it was written.
    package mutating func took(_ input: Int, offset: Int64, consumed: UInt64) throws(JournalError) {
        guard !isLive, steps[current].input == input else { return }
        positions[input] = offset + 1
        let step = steps[current]
        guard offset + 1 >= step.to else { return }
        current += 1
        passOver()
        let link = links[step.link]
        guard !step.endsEntry || allowsGap || link.entry.records == consumed else {
            throw JournalError(
                .otherRecords(found: consumed, written: link.entry.records), journal: journal, offset: link.offset)
        }
    }

    /// Nothing comes of the next run's input, nor its end.
    package func silent(seconds: Double) -> JournalError {
        fault { .silentInput($0, seconds: seconds) }
    }

    /// The next run's input has come to its end, or goes on somewhere later: its records are gone.
    package func missing(next: NextOffset) -> JournalError {
        fault { .missingRecords($0, next: next) }
    }

    private func fault(_ problem: (InputRun) -> JournalError.Problem) -> JournalError {
        guard let run = next else {
            return JournalError(.malformed(found: "nothing to replay", allowed: "a run"), journal: journal)
        }
        return JournalError(problem(run), journal: journal, offset: links[steps[current].link].offset)
    }
}
