public import Records

/// Lets models that learn from different records side by side become one, by iterative parameter mixing.
///
/// Each model now and then shares its parameters and its own statistics. Before its next record, each one that has taken
/// shares in becomes the weighted mean of itself and of them. A share weighs as many records as its model has learned and
/// this one doesn't know of. This one weighs as many as it has learned since it last told of itself; and besides, once for
/// each of the others, those that it has told of and that the shares don't know of yet: shares that were long on their way
/// must not drag back what was learned meanwhile.
///
/// Inputs are scaled by the model's own statistics merged with the newest of every other one, so that equal weights mean
/// the same everywhere; its own are kept apart, so that nothing is counted twice. What an optimizer keeps stays its own.
///
/// The same records and shares in the same order give the same bits: others are merged in the order of their numbers.
/// - Cost: O(featureCount) a record; O(featureCount × others) a mix; memory O(featureCount × others).
/// - Source: McDonald, Hall and Mann, "Distributed Training Strategies for the Structured Perceptron" (NAACL 2010).
public struct ModelMixer: ~Copyable {
    /// What is known of one of the others.
    struct Other {
        var member: Int32
        var share: ModelShare
        /// What it had learned when it was last mixed in.
        var mixedAt: UInt64 = 0
        /// What this one had learned when it shared what the other has mixed in.
        var knowsOwn: UInt64 = 0
        /// Taken in and not mixed yet.
        var isNew = false

        /// Records that it has learned and this one doesn't know of; all of them where it has begun anew.
        var weight: UInt64 { share.learned > mixedAt ? share.learned - mixedAt : share.learned }
    }

    /// This model's number among the others.
    public let member: Int32
    /// Whether something was taken in that the next mix has to bring.
    public internal(set) var hasNews = false
    let featureCount: Int
    let targetScaling: ScalingKind
    private let schedule: SharingSchedule
    /// The statistics of this model's own records.
    var own: FeatureScaler
    var ownTarget = FeatureStatistics()
    var learned: UInt64 = 0
    /// What it had learned when it was to be shared last.
    var shared: UInt64 = 0
    /// Between a label and its row.
    private var isDue = false
    /// In the order of their numbers.
    var others: [Other] = []
    private let sums: Storage<Double>

    /// - Parameters:
    ///   - member: its number among the others.
    ///   - every: records learned between two shares, once there are many.
    ///   - fading: of the exponential scaling, as the scaler has it.
    public init(
        member: Int32, every: Int, features: [FeatureDeclaration], fading: Double = ExponentialScaling.defaultFading,
        model: LinearModelConfiguration
    ) {
        self.member = member
        featureCount = features.count
        targetScaling = model.loss.isForClasses ? .none : model.targetScaling
        schedule = SharingSchedule(every: every, member: member)
        own = FeatureScaler(features: features, fading: fading)
        sums = Storage(repeating: 0, count: features.count + 1)
    }

    /// Notes a label that the model has learned from; `observe` follows with the record's row.
    public mutating func learned(_ label: Label) {
        guard let target = label.target else { return }
        learned += 1
        targetScaling.update(&ownTarget, with: target)
        isDue = schedule.isDue(learned: learned)
    }

    /// Notes one accepted record, learned or not, once model and scaler have taken it.
    /// - Returns: whether the model is to be shared now.
    public mutating func observe(_ row: UnsafeBufferPointer<Float>) -> Bool {
        own.update(row)
        guard isDue else { return false }
        isDue = false
        shared = learned
        return true
    }

    /// Writes what the others are to be told over `share`, which has this model's shape.
    public func fill(_ share: inout ModelShare, from model: borrowing LinearModel) {
        share.learned = learned
        model.copyParameters(into: &share.parameters)
        for feature in 0..<featureCount { share.statistics[feature] = own.statistics(of: feature) }
        share.statistics[featureCount] = ownTarget
        share.heard.removeAll(keepingCapacity: true)
        for other in others { share.heard.append(ModelShare.Heard(member: other.member, learned: other.mixedAt)) }
    }

    /// Keeps the newest share of another model for the next mix; one that it has already changes nothing.
    /// - Parameter share: on return, memory that can be written over.
    /// - Throws: where the share isn't sound. Then nothing has changed.
    public mutating func take(_ share: inout ModelShare, from member: Int32) throws(ShareError) {
        precondition(member != self.member, "a model takes no share of its own")
        try check(share)
        let place = others.firstIndex { $0.member >= member } ?? others.count
        if place == others.count || others[place].member != member {
            others.insert(Other(member: member, share: ModelShare(featureCount: featureCount)), at: place)
        }
        // Sent twice, after a crash: its records were mixed in already.
        guard !others[place].share.saysTheSame(as: share) else { return }
        swap(&others[place].share, &share)
        others[place].knowsOwn = others[place].share.heard.first { $0.member == self.member }?.learned ?? 0
        others[place].share.heard.removeAll(keepingCapacity: true)
        others[place].isNew = true
        hasNews = true
    }

    /// Mixes what was taken in since the last mix into the model, and all statistics into the scaler.
    public mutating func mix(into model: inout LinearModel, _ scaler: inout FeatureScaler) {
        hasNews = false
        mixParameters(of: &model)
        for feature in 0..<featureCount {
            let scaling = scaler.scaling(of: feature)
            var sum = scaling.part(own.statistics(of: feature), fading: own.fading)
            for other in others { scaling.merge(other.share.statistics[feature], into: &sum, fading: own.fading) }
            scaler.replaceStatistics(of: feature, with: sum)
        }
        var sum = targetScaling.part(ownTarget)
        for other in others { targetScaling.merge(other.share.statistics[featureCount], into: &sum) }
        model.targetStatistics = sum
    }

    /// The same for an encoder of plain numbers.
    public mutating func mix(into model: inout LinearModel, _ encoder: inout FeatureEncoder) {
        mix(into: &model, &encoder.columns)
    }

    private mutating func mixParameters(of model: inout LinearModel) {
        var onTheWay: UInt64 = 0
        for other in others where other.isNew { onTheWay = max(onTheWay, shared - min(other.knowsOwn, shared)) }
        var total = Double(learned - shared) + Double(others.count) * Double(onTheWay)
        for index in 0...featureCount { sums[index] = total * Double(model.parameter(index)) }
        for place in others.indices where others[place].isNew {
            let weight = Double(others[place].weight)
            total += weight
            for index in 0...featureCount { sums[index] += weight * Double(others[place].share.parameters[index]) }
            others[place].isNew = false
            others[place].mixedAt = others[place].share.learned
        }
        guard total > 0 else { return }
        for index in 0...featureCount { model.replaceParameter(index, with: Float(sums[index] / total)) }
    }

    func check(_ share: ModelShare) throws(ShareError) {
        let expected = featureCount + 1
        guard share.parameters.count == expected, share.statistics.count == expected else {
            throw .wrongShape(
                parameters: share.parameters.count, statistics: share.statistics.count, expected: expected)
        }
        guard (1...(1 << 53)).contains(share.learned) else { throw .learned(share.learned) }
        for (index, value) in share.parameters.enumerated() where !(abs(value) < Parameters.largestMagnitude) {
            throw .parameter(index: index, value: value)
        }
        for index in 0..<expected {
            let scaling = index < featureCount ? own.scaling(of: index) : targetScaling
            guard scaling.isSound(share.statistics[index]) else { throw .statistics(index: index) }
        }
    }
}
