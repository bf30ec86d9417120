public import Records

/// A linear model with large margins: classes, one or several, or a regression; with random Fourier features, a kernel.
///
/// It starts at zero weights. The predicted class is the margin's side, or the class with the largest margin; a score is a
/// probability that `MarginCalibration` makes of the margin, and for more than two classes they are divided by their sum.
/// - Shape: `InputShape` without steps to one prediction. Cost: O(coordinates that aren't 0 × margins) a record, whatever the size
///   of the space, where margins are 1, or the classes where there are more than two; with Fourier features, O(dense × count)
///   more. Allocates nothing but for a record (or batch) with more coordinates than any before.
public struct SupportVectorModel: ~Copyable, OnlineLearner {
    public let configuration: SupportVectorConfiguration
    public internal(set) var recordsLearned: UInt64 = 0
    public internal(set) var updatesRefused: UInt64 = 0

    let space: CoordinateSpace
    /// Margins that a record has: 1, or as many as classes where there are more than two.
    let outputs: Int
    let fourier: FourierFeatures?
    var target: SupportVectorTarget
    /// `[coordinates, outputs]`: weights; for Pegasos weights × regularization × updates, so that shrinking costs nothing.
    var table: CoordinateTable
    /// Updates kept.
    var updates: UInt64 = 0
    /// What the schedule's steps are multiplied with: halved where an update made the loss run away.
    var stepFactor = 1.0
    var record: CoordinateList
    var batch: GradientSums<OneLane>
    /// What predictions are made into probabilities with, and what it will be after the batch.
    var calibration = MarginCalibration()
    var nextCalibration = MarginCalibration()
    /// `[outputs]`: working memory, no state.
    let margins: Storage<Double>

    public init(_ configuration: SupportVectorConfiguration) {
        precondition(configuration.batch >= 1, "a batch has at least one record")
        precondition(configuration.epsilon >= 0, "a tube has a width of 0 or more")
        precondition(
            configuration.loss.isForClasses == configuration.target.isForClasses, "the loss is for other targets")
        switch configuration.method {
        case .pegasos(let regularization, _): precondition(regularization > 0, "a regularization is above 0")
        case .passiveAggressive: break
        case .passiveAggressiveI(let aggressiveness), .passiveAggressiveII(let aggressiveness):
            precondition(aggressiveness > 0, "an aggressiveness is above 0")
        }
        precondition(
            configuration.method.isPegasos || configuration.loss != .squaredHinge,
            "PA-II is the one that squares the hinge")
        self.configuration = configuration
        target = SupportVectorTarget(configuration.target, scaling: configuration.targetScaling)
        outputs = target.outputs
        var shape = configuration.shape
        if let features = configuration.fourierFeatures {
            fourier = FourierFeatures(features, inputs: shape.dense)
            shape.dense = features.count
        } else {
            fourier = nil
        }
        space = CoordinateSpace(shape, hasIntercept: configuration.intercept)
        table = CoordinateTable(coordinates: space.count, width: outputs)
        record = CoordinateList(capacity: shape.dense + 32)
        batch = GradientSums(width: outputs, capacity: shape.dense + 32)
        margins = Storage(repeating: 0, count: outputs)
    }

    /// A margin for each output: the weighted sum with the intercept; for a regression in the unit of the scaled target.
    public func margin(_ x: InputVector, output: Int = 0) -> Double {
        precondition(output >= 0 && output < outputs, "there is no such margin")
        return readMargins(x) ? margins[output] : .nan
    }

    /// The weight of a coordinate: dense ones (or their Fourier features) first, then the sparse ones, then the intercept.
    public func weight(_ coordinate: Int, output: Int = 0) -> Double {
        precondition(coordinate >= 0 && coordinate < space.count && output >= 0 && output < outputs, "no such weight")
        return Double(table[UInt32(coordinate)][output]) * unit
    }

    public func predict(_ x: InputVector, probabilities: UnsafeMutableBufferPointer<Float>) -> Prediction {
        if !readMargins(x) { margins.values.update(repeating: 0) }
        return target.prediction(UnsafeBufferPointer(margins.values), calibration, probabilities)
    }

    /// What a number of the table is multiplied with to be a weight.
    var unit: Double {
        guard case .pegasos(let regularization, _) = configuration.method else { return 1 }
        return updates == 0 ? 0 : 1 / (regularization * Double(updates))
    }

    /// The dense values as the table knows them; nil where they aren't sound.
    @inline(__always)
    func inputs(_ x: InputVector) -> InputVector? {
        guard configuration.fourierFeatures != nil else { return x }
        guard x.dense.count == configuration.shape.dense else { return nil }
        for value in x.dense where !(abs(value) <= CoordinateSpace.largestInput) { return nil }
        guard let features = fourier?.transform(x.dense) else { return nil }
        return InputVector(dense: features, sparse: x.sparse)
    }

    /// Fills `margins`; false where the record isn't sound.
    @inline(__always)
    private func readMargins(_ x: InputVector) -> Bool {
        guard let x = inputs(x), x.dense.count == space.dense else { return false }
        margins.values.update(repeating: 0)
        for index in 0..<space.dense where x.dense[index] != 0 {
            add(UInt32(truncatingIfNeeded: index), x.dense[index])
        }
        for entry in x.sparse {
            guard Int(entry.index) < space.sparse else { return false }
            add(UInt32(truncatingIfNeeded: space.dense + Int(entry.index)), entry.value)
        }
        if space.hasIntercept { add(UInt32(truncatingIfNeeded: space.intercept), 1) }
        return scaleMargins()
    }

    @inline(__always)
    func add(_ coordinate: UInt32, _ value: Float) {
        let row = table[coordinate]
        for output in 0..<outputs { margins[output] += Double(row[output]) * Double(value) }
    }

    /// Sums of table numbers to margins; false where one isn't finite.
    @inline(__always)
    func scaleMargins() -> Bool {
        let unit = unit
        var isFinite = true
        for output in 0..<outputs {
            margins[output] *= unit
            isFinite = isFinite && margins[output].isFinite
        }
        return isFinite
    }
}
