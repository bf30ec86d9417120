internal import OnlineLearning
internal import Records
internal import Settings

/// What a task has done with the other tasks' messages; part of its state.
package struct MixCounters: Sendable, Equatable {
    /// Those that said nothing new among them.
    package var taken: UInt64 = 0
    package var refused: UInt64 = 0

    package init(taken: UInt64 = 0, refused: UInt64 = 0) {
        self.taken = taken
        self.refused = refused
    }
}

/// A task's part in a model of the scope `shared`: what it tells the other tasks, and what it has heard of them.
struct TaskMixing: ~Copyable {
    var mixer: ModelMixer
    private var message: MixMessage
    private var draft: ModelShare

    /// Nil where each partition has a model of its own.
    init?(_ settings: PipelineSettings, partition: Int32) {
        guard let mix = settings.mix, case .linear(let model) = settings.model else { return nil }
        mixer = ModelMixer(
            member: partition, every: mix.every, features: settings.features, fading: settings.fading, model: model)
        message = MixMessage(featureCount: settings.features.count, digest: settings.digest)
        draft = ModelShare(featureCount: settings.features.count)
    }

    /// Hands the task's own message, as it stands now, to `body`.
    mutating func withMessage(_ model: borrowing Learner, _ body: (UnsafeRawBufferPointer) -> Void) {
        mixer.fill(&draft, from: model)
        message.encode(draft)
        message.bytes.withUnsafeBytes(body)
    }

    /// Mixes what has come from the others into the model and the statistics that its inputs are scaled with.
    mutating func mix(into model: inout Learner, _ features: inout FeatureEncoder) {
        mixer.mix(into: &model, &features)
    }

    /// Keeps what another task says for the next mix.
    mutating func take(_ value: UnsafeRawBufferPointer?, from partition: Int32) throws(MixError) {
        guard let value else { throw .tombstone }
        try message.decode(value, into: &draft)
        do throws(ShareError) { try mixer.take(&draft, from: partition) } catch { throw .unsound(error) }
    }
}
