internal import Foundation
internal import JSONTree
internal import OnlineLearning
internal import StreamTasks

/// Which of several pipelines is better: each two of them compared record by record on what both have judged.
///
/// The best one is only known at the end, so every pair is watched, and the level is shared among all of them: the sentence
/// holds whichever pair it turns out to be about.
struct Contest {
    private let names: [String]
    private let criterion: Criterion
    private var pairs: [Pair]

    private struct Pair {
        var first: Int
        var second: Int
        var comparison: BoundedComparison
    }

    /// How often all that is said together may be wrong.
    private static let error = 0.05

    init(names: [String], by criterion: Criterion) {
        self.names = names
        self.criterion = criterion
        let count = names.count * (names.count - 1) / 2
        pairs = names.indices.flatMap { second in
            (0..<second).map { first in
                Pair(
                    first: first, second: second,
                    comparison: BoundedComparison(
                        criterion, first: names[first], second: names[second], level: 1 - Self.error / Double(count)))
            }
        }
    }

    /// Takes in what became of predictions with the last record, by pipeline.
    mutating func add(_ judgements: [[Judgement]]) {
        for index in pairs.indices {
            let first = judgements[pairs[index].first]
            let second = judgements[pairs[index].second]
            var (one, other) = (0, 0)
            // A record that only one of them has judged says nothing.
            while one < first.count, other < second.count {
                if first[one].record < second[other].record {
                    one += 1
                } else if first[one].record > second[other].record {
                    other += 1
                } else {
                    if let losses = criterion.losses(first[one], second[other]) {
                        pairs[index].comparison.add(losses.first, losses.second)
                    }
                    (one, other) = (one + 1, other + 1)
                }
            }
        }
    }

    /// The comparisons that have something to say.
    private var told: [(first: Int, second: Int, comparison: PairedComparison)] {
        pairs.compactMap { pair in
            guard let comparison = pair.comparison.comparison, comparison.meanDifference != nil else { return nil }
            return (pair.first, pair.second, comparison)
        }
    }

    /// The one that no other has a smaller mean loss than; nil where there was nothing to compare.
    private var best: Int? {
        let told = told
        guard !told.isEmpty else { return nil }
        return names.indices.first { candidate in
            told.allSatisfy { pair in
                let difference = pair.comparison.meanDifference ?? 0
                return pair.first == candidate
                    ? difference <= 0 : pair.second == candidate ? difference >= 0 : true
            }
        }
    }

    /// Which one is better, in one sentence; nil where there was nothing to compare.
    var sentence: String? {
        let told = told
        guard let first = told.first else { return nil }
        if names.count == 2 { return first.comparison.sentence.asSentence(names: names) }
        guard let best else { return "None of them is better in \(criterion.words) than each of the others." }
        let own = told.filter { $0.first == best || $0.second == best }
        let beaten = own.filter { $0.comparison.verdict == ($0.first == best ? .first : .second) }
        let others = own.filter { $0.comparison.verdict == .undecided }
        func name(_ pair: (first: Int, second: Int, comparison: PairedComparison)) -> String {
            names[pair.first == best ? pair.second : pair.first]
        }
        let gains = beaten.map { pair in "\(name(pair)) by \(pair.comparison.gain)" }
        let parts =
            (gains.isEmpty ? [] : ["better than " + gains.joined(separator: ", ")])
            + (others.isEmpty ? [] : ["no difference can be told from " + others.map(name).joined(separator: ", ")])
        return "Best in \(criterion.words) is \(names[best]): " + parts.joined(separator: "; ")
            + " (after \(first.comparison.records.grouped) records, all of it together with 95 % confidence)."
    }

    /// What `--json` has under `comparison`.
    var json: JSONValue {
        [
            "criterion": .string(criterion.rawValue), "best": best.map { .string(names[$0]) } ?? .null,
            "sentence": sentence.map { .string($0) } ?? .null,
            "pairs": .array(told.map { Self.json($0.comparison) }),
        ]
    }

    private static func json(_ comparison: PairedComparison) -> JSONValue {
        let better: JSONValue =
            switch comparison.verdict {
            case .first: .string(comparison.names.first)
            case .second: .string(comparison.names.second)
            case .undecided: .null
            }
        return [
            "first": .string(comparison.names.first), "second": .string(comparison.names.second),
            "better": better, "mean_difference": comparison.meanDifference.map { .number($0) } ?? .null,
            "interval": [.number(comparison.interval.lowerBound), .number(comparison.interval.upperBound)],
            "level": .number(comparison.level), "bound": .number(comparison.bound),
            // JSON has no infinity.
            "evidence": .number(min(comparison.evidence, .greatestFiniteMagnitude)),
            "records": .integer(Int64(clamping: comparison.records)),
            "bounded": .integer(Int64(clamping: comparison.bounded)),
        ]
    }
}

extension PairedComparison {
    /// How much smaller the better one's mean loss is, with the interval.
    fileprivate var gain: String {
        let ends = [abs(interval.lowerBound), abs(interval.upperBound)].sorted()
        return "\(Self.text(abs(meanDifference ?? 0))) (\(Self.text(ends[0])) to \(Self.text(ends[1])))"
    }

    private static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}

extension String {
    /// With a full stop; and with a capital letter, unless it begins with a name.
    fileprivate func asSentence(names: [String]) -> String {
        names.contains { hasPrefix($0 + " ") } ? self + "." : prefix(1).uppercased() + dropFirst() + "."
    }
}
