/// The known name that was probably meant.
enum NearestName {
    /// Nil where none is near: a third of the longer name's letters may differ, and at least one may.
    /// Cost: O(names × length²), paid only for a mistake.
    static func to(_ name: String, among names: some Sequence<String>) -> String? {
        let nearest = names.map { ($0, distance(Array(name.lowercased()), Array($0.lowercased()))) }.min {
            ($0.1, $0.0) < ($1.1, $1.0)
        }
        guard let (match, distance) = nearest, distance <= max(1, max(name.count, match.count) / 3) else { return nil }
        return match
    }

    /// Edits of one letter, a swap of neighbours counted as one (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 1...max(1, left.count) where !left.isEmpty {
            var row = [i]
            for j in 1...max(1, right.count) where !right.isEmpty {
                let change = rows[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
                var best = min(change, rows[i - 1][j] + 1, row[j - 1] + 1)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    best = min(best, rows[i - 2][j - 2] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
