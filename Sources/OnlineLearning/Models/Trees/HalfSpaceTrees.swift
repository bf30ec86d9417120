internal import Glibc
public import Records

/// Half-space trees: tells how unusual a record is from how few of the recent ones fell near it.
///
/// A score lies between 0 and 1: 2^-m, where m is the mean over the trees of log2(1 + density) around the record. It is 1 where
/// nothing fell, 1/2 where as much fell as would if the stream were spread evenly, and 1/2 before the first 16 records.
/// The logarithm is ours: the paper adds the densities up, so that the densest tree decides.
/// - Shape: `[inputCount]` values and sparse coordinates scaled to 0 to 1 to one score; values outside are taken as they are. No labels.
/// - Cost: O(trees × height) a record, and O(trees × 2^height) a window. Allocates nothing after `init`.
/// - Source: Tan, Ting and Liu, Fast anomaly detection for streaming data, IJCAI 2011.
public struct HalfSpaceTrees: ~Copyable, OnlineLearner {
    public let configuration: HalfSpaceTreesConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0
    /// The score that `thresholdQuantile` of the recent records lie below, as of the last window; 1 before there is one.
    public internal(set) var threshold = 1.0

    let mass: HalfSpaceMass
    var quantile = ScoreQuantile()
    /// Whether the densities say anything yet.
    var isJudging = false
    private let splits: HalfSpaceSplits
    private let inputs: TreeInputs
    /// What was computed for the last prediction: its leaves, and the stamp of its input.
    private let leaves: Storage<Int32>
    private let predictedStamp = Storage<UInt64>(repeating: 0, count: 1)
    private static let firstLook: UInt64 = 16

    public init(_ configuration: HalfSpaceTreesConfiguration) {
        precondition(configuration.inputCount >= 0 && configuration.sparseCount >= 0 && configuration.sparseInputs >= 1)
        precondition(configuration.trees >= 1 && configuration.window >= 1)
        precondition((1...16).contains(configuration.height), "a tree has 2 to 65,536 leaves")
        precondition((0..<1).contains(configuration.fading) && (0...1).contains(configuration.smallestShare))
        self.configuration = configuration
        mass = HalfSpaceMass(configuration)
        splits = HalfSpaceSplits(configuration)
        inputs = configuration.inputs
        leaves = Storage(repeating: 0, count: configuration.trees)
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        guard let sound = inputs.gather(x) else { return Prediction(score: 1, classIndex: -1) }
        splits.findLeaves(sound, into: leaves.base)
        predictedStamp[0] = x.stamp
        return Prediction(score: score(), classIndex: -1)
    }

    public mutating func learn(_ x: InputVector, label: Label, weight: Double) -> LearningOutcome {
        guard weight != 0 else { return LearningOutcome(loss: 0, result: .skipped) }
        guard weight > 0, weight <= TreeInput.largestWeight, let sound = inputs.gather(x) else {
            updatesRefused += 1
            return LearningOutcome(loss: 0, result: .refused)
        }
        if x.stamp == 0 || x.stamp != predictedStamp[0] { splits.findLeaves(sound, into: leaves.base) }
        predictedStamp[0] = 0
        quantile.add(score())
        for tree in 0..<configuration.trees {
            mass.latest[tree << configuration.height + Int(leaves[tree])] += Float(weight)
        }
        recordsLearned += 1
        lookAtMass()
        return LearningOutcome(loss: 0, result: .updated)
    }

    @inline(__always)
    private func score() -> Double {
        guard isJudging else { return 0.5 }
        var sum: Float = 0
        for tree in 0..<configuration.trees {
            sum += mass.densities[tree << configuration.height + Int(leaves[tree])]
        }
        return exp2(-Double(sum) / Double(configuration.trees))
    }

    /// At a window's end, and in the first one whenever the records have doubled.
    private mutating func lookAtMass() {
        let window = UInt64(configuration.window)
        if recordsLearned % window == 0 {
            mass.finishWindow(fading: Float(configuration.fading))
            isJudging = mass.judge(mass.reference)
            threshold = quantile.value(configuration.thresholdQuantile)
        } else if recordsLearned < window, recordsLearned >= Self.firstLook, recordsLearned.nonzeroBitCount == 1 {
            isJudging = mass.judge(mass.latest)
        }
    }
}
