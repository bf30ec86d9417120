internal import Foundation
internal import OnlineLearning
internal import Records

extension PipelineSettings {
    /// Reads and validates a settings file.
    /// - Parameter environment: what `${NAME}` reads.
    /// - Parameter overrides: dotted keys and YAML values that stand over the file's, in order.
    /// - Throws: `SettingsErrors` with everything that is wrong.
    package static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment,
        overrides: [(key: String, value: String)] = []
    ) throws(SettingsErrors) -> PipelineSettings {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let missing = !FileManager.default.fileExists(atPath: path)
            throw SettingsErrors([
                SettingsError(
                    file: path, key: "", found: missing ? "there is no such file" : "can't be read as UTF-8 text",
                    allowed: "",
                    advice: missing ? "name one with `--config`, or make one with `millrace init`" : "check it")
            ])
        }
        return try parse(text, file: path, environment: environment, overrides: overrides)
    }

    /// The same from text; `file` is what errors call it.
    package static func parse(
        _ yaml: String, file: String = "millrace.yaml", environment: [String: String] = [:],
        overrides: [(key: String, value: String)] = []
    ) throws(SettingsErrors) -> PipelineSettings {
        var source = SourceReader(file: file, environment: environment)
        guard var root = source.read(yaml) else { throw SettingsErrors(source.errors) }
        for (key, value) in overrides { source.override(key, value, in: &root) }
        var reader = SettingsReader(file: file, root: root)
        let settings = reader.pipelineSettings()
        reader.refuseUnknownKeys(Declared.all)
        let errors = source.errors + reader.errors
        guard let settings, errors.isEmpty else { throw SettingsErrors(errors) }
        return settings
    }
}

extension SettingsReader {
    /// Everything that a file says; nil only where something was collected as wrong.
    fileprivate mutating func pipelineSettings() -> PipelineSettings? {
        let pipeline = value(Declared.pipeline)
        let kafka = kafka(group: pipeline)
        let delivery = value(Declared.delivery)
        let topics = topics(pipeline: pipeline ?? "pipeline")
        _ = value(Declared.format)
        let record = recordPaths()
        let declared = features()
        let features = declared.map(\.declaration)
        refuseSecondSequence(features)
        let interactions = interactions(features)
        let fading = value(Declared.scalingFading)
        let magnitude = value(Declared.largestMagnitude)
        let target = target()
        let selection = selection(target?.target, features)
        let history = history(features)
        let encoder = FeatureEncoderConfiguration(
            features: features, interactions: interactions, selection: selection, target: target?.target ?? .unlabelled,
            history: history)
        let model = model(shape: encoder.shape, target: target)
        refuseUnfit(encoder, isShared: model?.mix != nil)
        let drift = drift(
            features: features, target: target?.target ?? .unlabelled, record: record,
            hasLateLabels: topics.labels != nil)
        let labels = labels(topics, target?.target, selection, drift)
        let alerts = alerts(isShared: model?.mix != nil, hasSteps: model?.configuration.takesSteps ?? true)
        let evaluation = evaluation(features, target: target?.target, model: model?.configuration)
        let snapshots = snapshots()
        let commit = commit()
        let workers = value(Declared.workers)
        let seed = value(Declared.seed)
        let http = value(Declared.listen)
        guard let pipeline, let delivery, let fading, let magnitude, let target, let model, let alerts, let evaluation,
            let snapshots, let commit, let workers, let seed
        else { return nil }
        return PipelineSettings(
            pipeline: pipeline, kafka: kafka.properties, secretKafka: kafka.secrets, delivery: delivery, topics: topics,
            record: record, labels: labels, features: features,
            vectorColumns: Dictionary(
                declared.filter { !$0.columns.isEmpty }.map { ($0.declaration.name, $0.columns) }
            ) { first, _ in first },
            interactions: interactions, selection: selection, history: history, fading: fading, target: target.target,
            modelKind: model.kind,
            model: model.configuration, mix: model.mix, drift: drift, alerts: alerts, evaluation: evaluation,
            largestMagnitude: magnitude,
            snapshots: snapshots, commit: commit, workers: workers, seed: seed, http: http, resolved: resolved)
    }

    private mutating func recordPaths() -> RecordPaths {
        let paths = distinct([Declared.id, Declared.timestamp, Declared.label, Declared.weight])
        return RecordPaths(id: paths[0], timestamp: paths[1], label: paths[2], weight: paths[3])
    }

    private mutating func snapshots() -> SnapshotSettings? {
        let store = value(Declared.snapshotStore)
        let directory = value(Declared.snapshotDirectory)
        let every = value(Declared.snapshotEvery)
        let keep = value(Declared.snapshotKeep)
        guard let store, let directory, let every, let keep else { return nil }
        return SnapshotSettings(store: store, directory: directory, every: every, keep: keep)
    }

    private mutating func commit() -> CommitSettings? {
        let interval = value(Declared.commitInterval)
        let records = value(Declared.commitRecords)
        guard let interval, let records else { return nil }
        return CommitSettings(intervalMilliseconds: interval, records: records)
    }
}
