import StreamTestSupport

/// Holds what tasks with several inputs left behind against a run that follows their journal.
///
/// Without transactions a prediction that was made again after a crash may differ: what the task had heard of the others by
/// then is settled only by the journal. The one that the journal gives must be among them.
struct JournaledCheck {
    let promise: DeliveryCheck.Promise
    let run: JournaledRun

    /// Everything that is wrong, with the place where.
    func findings(in observed: ObservedDelivery) -> [String] {
        let predictions = Dictionary(grouping: observed.predictions, by: \.input)
        let letters = Dictionary(grouping: observed.deadLetters, by: \.input)
        var findings: [String] = []
        for input in observed.inputs.map(\.place) {
            let copies = (predictions[input] ?? []) + (letters[input] ?? [])
            if copies.isEmpty { findings.append("\(input): neither predicted nor refused") }
            if promise == .exactlyOnce, copies.count > 1 { findings.append("\(input): \(copies.count) outputs") }
            if letters[input] != nil, !run.deadLetters.contains(input) { findings.append("\(input): refused") }
        }
        // Those of other inputs: labels.
        for letter in run.deadLetters.subtracting(observed.inputs.map(\.place)) {
            let copies = letters[letter]?.count ?? 0
            if copies == 0 || (promise == .exactlyOnce && copies > 1) {
                findings.append("\(letter): \(copies) dead letters")
            }
        }
        findings += run.sums
        for (input, value) in run.predictions
        where !(predictions[input] ?? []).contains(where: { $0.content.value == value }) {
            findings.append("\(input): no prediction is the one that the journal gives")
        }
        for partition in Set(run.states.keys).union(observed.states.keys).sorted() {
            let found = observed.states[partition].map { "\($0.records) \($0.checksum)" }
            guard found != run.states[partition] else { continue }
            findings.append(
                "state of partition \(partition): \(found ?? "no snapshot"), due is \(run.states[partition] ?? "none")")
        }
        let last = Dictionary(grouping: observed.inputs, by: \.partition).compactMapValues { $0.map(\.offset).max() }
        for (partition, last) in last.sorted(by: { $0.key < $1.key }) where observed.committed[partition] != last + 1 {
            findings.append("committed position of partition \(partition): due is \(last + 1)")
        }
        return findings
    }
}
