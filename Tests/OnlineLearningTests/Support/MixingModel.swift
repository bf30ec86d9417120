import OnlineLearning
import Records

/// A model with its scaler and its mixer, as a task has them.
final class MixingModel {
    var model: LinearModel
    var scaler: FeatureScaler
    var mixer: ModelMixer
    private var scaled: [Float]

    init(
        member: Int32, every: Int = 10, target: Target = .regression, scaling: ScalingKind = .standard,
        features: Int = 5, batch: Int = 1
    ) {
        let declarations = (0..<features).map { FeatureDeclaration(name: "f\($0)", scaling: scaling) }
        let configuration = LinearModelConfiguration(
            featureCount: features, target: target, batch: batch, targetScaling: target == .regression ? scaling : .none
        )
        model = LinearModel(configuration)
        scaler = FeatureScaler(features: declarations)
        mixer = ModelMixer(member: member, every: every, features: declarations, model: configuration)
        scaled = [Float](repeating: 0, count: features)
    }

    /// - Returns: whether the model is to be shared now.
    @discardableResult
    func learn(_ example: Example) -> Bool {
        if hasNews { mix() }
        return example.x.withUnsafeBufferPointer { row in
            scaled.withUnsafeMutableBufferPointer { scaler.transform(row, into: $0) }
            let result = scaled.withUnsafeBufferPointer { x in
                model.learn(x, label: example.label, weight: example.weight).result
            }
            if result == .updated || result == .pending { mixer.learned(example.label) }
            scaler.update(row)
            return mixer.observe(row)
        }
    }

    var hasNews: Bool { mixer.hasNews }

    func mix() { mixer.mix(into: &model, &scaler) }

    var share: ModelShare {
        var share = ModelShare(featureCount: model.configuration.featureCount)
        mixer.fill(&share, from: model)
        return share
    }

    func take(_ share: ModelShare, from member: Int32) throws(ShareError) {
        var share = share
        try mixer.take(&share, from: member)
    }

    var parameters: [Double] { (model.weights + [model.intercept]).map(Double.init) }

    var state: StateArchive {
        var archive = StateArchive()
        model.save(to: &archive, under: "model")
        scaler.save(to: &archive, under: "scaler")
        mixer.save(to: &archive, under: "mix")
        return archive
    }

    func restore(_ state: StateArchive) throws(StateError) {
        try model.restore(from: state, under: "model")
        try scaler.restore(from: state, under: "scaler")
        try mixer.restore(from: state, under: "mix")
    }
}
