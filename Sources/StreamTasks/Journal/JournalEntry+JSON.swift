internal import JSONTree
package import KafkaClient
internal import Records
internal import Snapshots

/// `{"epoch": 1, "writer": 7, "sequence": 3, "records": 1200, "inputs": ["e.features/0", "e.mix/1"], "runs": [[0, 100, 200]]}`:
/// a run is the place of its input in `inputs`, from, to.
extension JournalEntry {
    /// The record's value. Cost O(runs); it may allocate.
    package var encoded: [UInt8] {
        var inputs: [TopicPartition] = []
        let rows = runs.map { run -> JSONValue in
            let place = inputs.firstIndex(of: run.input) ?? inputs.count
            if place == inputs.count { inputs.append(run.input) }
            return [.integer(Int64(place)), .integer(run.from.rawValue), .integer(run.to.rawValue)]
        }
        let value: JSONValue = [
            "epoch": .integer(Int64(clamping: mark.epoch)), "writer": .integer(Int64(mark.writer)),
            "sequence": .integer(Int64(clamping: mark.sequence)), "records": .integer(Int64(clamping: records)),
            "inputs": .array(inputs.map { .string($0.description) }), "runs": .array(rows),
        ]
        return value.serialized()
    }

    /// Reads a record of the journal topic.
    /// - Parameters:
    ///   - value: nil for a tombstone.
    ///   - journal, offset: the record's place, for the error.
    /// - Throws: `JournalError` where it isn't a whole entry whose runs go forwards.
    package init(decoding value: [UInt8]?, journal: TopicPartition, offset: Int64) throws(JournalError) {
        func fault(_ found: String, allowed: String) -> JournalError {
            JournalError(.malformed(found: found, allowed: allowed), journal: journal, offset: offset)
        }
        guard let value else { throw fault("a record without a value", allowed: "a JSON object") }
        let tree: JSONValue
        do { tree = try JSONValue.parse(value) } catch { throw fault(error.description, allowed: "a JSON object") }
        func count(_ key: String, _ allowed: ClosedRange<Int64>) throws(JournalError) -> Int64 {
            guard let number = tree[key]?.integerValue, allowed.contains(number) else {
                throw fault(
                    "`\(key)` \(tree[key]?.text ?? "missing")",
                    allowed: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
            }
            return number
        }
        mark = JournalMark(
            epoch: UInt64(try count("epoch", 1...Int64.max)),
            writer: UInt32(try count("writer", 0...Int64(UInt32.max))),
            sequence: UInt64(try count("sequence", 1...Int64.max)))
        records = UInt64(try count("records", 0...Int64.max))
        let inputs = (tree["inputs"]?.arrayValue ?? []).map { $0.stringValue.flatMap(TopicPartition.init(parsing:)) }
        guard let rows = tree["runs"]?.arrayValue, !rows.isEmpty else {
            throw fault("`runs` \(tree["runs"]?.text ?? "missing")", allowed: "a list of one or more")
        }
        runs = []
        runs.reserveCapacity(rows.count)
        for row in rows {
            guard let place = row[0]?.integerValue, let from = row[1]?.integerValue, let to = row[2]?.integerValue,
                row.arrayValue?.count == 3, let named = Int(exactly: place), inputs.indices.contains(named),
                let input = inputs[named]
            else { throw fault("the run \(row.text)", allowed: "[place in `inputs`, from, to]") }
            guard from >= 0, from < to else {
                throw fault("the run \(row.text) of \(input)", allowed: "0 <= from < to")
            }
            runs.append(InputRun(input, from: NextOffset(from), to: NextOffset(to)))
        }
    }
}

extension TopicPartition {
    /// Reads `topic/partition`, as `description` writes it; nil where it is something else.
    init?(parsing text: String) {
        guard let slash = text.lastIndex(of: "/"), slash > text.startIndex,
            let partition = Int32(text[text.index(after: slash)...]), partition >= 0
        else { return nil }
        self.init(topic: String(text[..<slash]), partition: partition)
    }
}
