internal import KafkaClient
internal import Records

/// Outputs that a broker refused for good within a transaction that was therefore aborted: when their inputs are processed
/// again, they are sent in the mended form at once. Without it the same refusal would abort every further attempt.
struct RefusalMemory {
    /// An output is known by the input that it comes from, its kind and its key.
    private struct Identity: Hashable {
        var kind: OutputKind
        var input: [UInt8]
        var key: [UInt8]?

        init(_ output: OutputRecord) {
            kind = output.kind
            input = output.headers.first { $0.name == OutputRecord.inputHeader }?.value ?? []
            key = output.key
        }
    }

    private var refusals: [Identity: [KafkaError]] = [:]

    /// More than so many refused outputs aren't single bad records.
    private static let most = 10_000
    /// An output can be mended so often: with another time, as a dead letter, without its value.
    private static let mostOfOne = 3

    var isEmpty: Bool { refusals.isEmpty }

    /// - Returns: false where it can't be mended any more.
    mutating func note(_ output: OutputRecord) -> Bool {
        let identity = Identity(output)
        var known = refusals[identity] ?? []
        guard known.count < Self.mostOfOne, refusals.count < Self.most else { return false }
        known.append(output.error)
        refusals[identity] = known
        return true
    }

    /// The form in which the output may be taken; nil where there is none.
    func mended(_ output: OutputRecord) -> OutputRecord? {
        var output = output
        for error in refusals[Identity(output)] ?? [] {
            output.error = error
            let kind = output.kind
            guard let next = output.mended() else { return nil }
            // As a dead letter it is another output, with refusals of its own.
            if next.kind != kind { return mended(next) }
            output = next
        }
        return output
    }
}
