/// Which records of a partition are meant, as someone says it who doesn't know what the partition holds.
package struct OffsetRange: Sendable, Equatable {
    /// The first offset that is read; nil for the first that is there.
    package var from: Int64?
    /// The first offset that isn't read any more; nil for the end as it is now.
    package var to: Int64?

    package init(from: Int64? = nil, to: Int64? = nil) {
        self.from = from
        self.to = to
    }

    /// The offsets that are meant where the partition holds `held`.
    /// - Throws: what can't be read, with what can.
    package func resolved(
        in held: Range<Int64>, of partition: TopicPartition
    ) throws(OffsetRangeError) -> Range<Int64> {
        let first = from ?? held.lowerBound
        let end = to ?? held.upperBound
        guard first >= held.lowerBound, first <= held.upperBound else {
            throw OffsetRangeError(partition: partition, held: held, problem: .from(first))
        }
        guard end <= held.upperBound else {
            throw OffsetRangeError(partition: partition, held: held, problem: .to(end))
        }
        guard first < end else {
            throw OffsetRangeError(partition: partition, held: held, problem: .empty(from: first, to: end))
        }
        return first..<end
    }
}

/// A range of offsets that a partition doesn't hold.
package struct OffsetRangeError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Problem: Sendable, Equatable {
        /// The offset to begin at is gone, or not there yet.
        case from(Int64)
        /// The offset to end at is beyond the end.
        case to(Int64)
        /// Nothing lies between.
        case empty(from: Int64, to: Int64)
    }

    package var partition: TopicPartition
    package var held: Range<Int64>
    package var problem: Problem

    package var description: String {
        let what =
            switch problem {
            case .from(let offset):
                offset < held.lowerBound ? "offset \(offset) is gone" : "offset \(offset) isn't there yet"
            case .to(let offset): "it can't be read up to \(offset)"
            case .empty(let from, let to): "there is no record from \(from) up to, but not with, \(to)"
            }
        let has =
            held.isEmpty
            ? "the partition has no records; its next offset is \(held.upperBound)"
            : "the partition has the offsets \(held.lowerBound) to \(held.upperBound - 1)"
        return "\(partition): \(what): \(has)"
    }
}
