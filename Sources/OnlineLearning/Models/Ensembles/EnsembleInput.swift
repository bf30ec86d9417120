internal import Records

/// What an ensemble takes in, whatever its members are.
enum EnsembleInput {
    static func isSound(_ x: InputVector) -> Bool {
        var sound = true
        for value in x.dense { sound = sound && abs(value) <= TreeInput.largestMagnitude }
        for coordinate in x.sparse { sound = sound && abs(coordinate.value) <= TreeInput.largestMagnitude }
        return sound
    }

    /// The label as a number, 0 where the target has none; nil where it can't be.
    static func truth(_ label: Label, _ target: Target) -> Double? {
        target == .unlabelled ? 0 : TreeInput.truth(label, classes: target.classes.count)
    }
}
