package import OnlineLearning
package import Records

/// What an entry of one pipeline may hold: a snapshot can say anything.
package struct JoinShape: Sendable {
    package var input: InputShape
    package var target: Target

    package init(input: InputShape, target: Target) {
        self.input = input
        self.target = target
    }

    /// Whether a restored entry could have been made by a task.
    func fits(_ entry: JoinEntry) -> Bool {
        let steps = Int(entry.steps)
        let isWhole = Int(entry.dense) == input.dense * steps
        guard (1...max(input.steps, 1)).contains(steps), isWhole || isBare(entry) else { return false }
        guard entry.probabilities == 0 || Int(entry.probabilities) == target.classes.count else { return false }
        if entry.kind != .early {
            let classes = target.classes.count
            guard classes == 0 || (0..<classes).contains(entry.prediction.classIndex) else { return false }
        }
        return fits(entry.label, of: entry.kind)
    }

    /// Only the id was kept.
    private func isBare(_ entry: JoinEntry) -> Bool { entry.dense == 0 && entry.sparse == 0 }

    private func fits(_ label: Label, of kind: JoinEntry.Kind) -> Bool {
        switch (label, target) {
        case (.absent, _): kind != .early
        case (.classIndex(let index), .binary(let classes)), (.classIndex(let index), .multiclass(let classes)):
            kind != .waiting && classes.indices.contains(index)
        case (.classIndex(let index), .unlabelled): kind != .waiting && (0...1).contains(index)
        case (.value, .regression): kind != .waiting
        case (.classIndex, .regression), (.value, _): false
        }
    }

    /// Whether a model can be given this input.
    func fits(_ x: InputVector) -> Bool {
        x.dense.allSatisfy(\.isFinite)
            && x.sparse.allSatisfy { Int($0.index) < input.sparse && $0.value.isFinite }
    }
}
