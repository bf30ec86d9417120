internal import OnlineLearning
internal import Records

/// Labels of a topic of their own, and what they can't stand beside.
extension SettingsReader {
    /// Nil where labels stand in the feature records; what is said of others is refused then.
    mutating func labels(
        _ topics: TopicNames, _ target: Target?, _ selection: FeatureSelection?, _ drift: [DriftWatch]
    ) -> LabelSettings? {
        guard topics.labels != nil else {
            refuseLabelSettings(drift)
            return nil
        }
        var labels = LabelSettings()
        set(&labels.join, Declared.labelJoin)
        labels.paths = labelPaths()
        if let wait = value(Declared.labelWait) { labels.waitMilliseconds = Int64(wait) }
        set(&labels.pending, Declared.labelPending)
        set(&labels.early, Declared.labelEarly)
        set(&labels.answered, Declared.labelAnswered)
        set(&labels.memory, Declared.labelMemory)
        set(&labels.expired, Declared.labelExpired)
        set(&labels.corrected, Declared.labelCorrected)
        refuseUnfit(labels, target, selection)
        return labels
    }

    private mutating func set<Value>(_ target: inout Value, _ setting: Setting<Value>) {
        if let value = value(setting) { target = value }
    }

    private mutating func labelPaths() -> RecordPaths {
        let paths = distinct([Declared.labelID, Declared.labelTimestamp, Declared.labelLabel, Declared.labelWeight])
        return RecordPaths(id: paths[0], timestamp: paths[1], label: paths[2], weight: paths[3])
    }

    /// The values of settings that are paths into one record, none like another.
    mutating func distinct(_ settings: [Setting<String>]) -> [String] {
        var paths: [String] = []
        for setting in settings {
            let path = value(setting) ?? ""
            if let twin = paths.firstIndex(of: path) {
                contradict(
                    setting.key, "`\(path)` is the path of `\(settings[twin].key)` too", allowed: "paths that differ",
                    advice: "correct one of them")
            }
            paths.append(path)
        }
        return paths
    }

    private mutating func refuseUnfit(_ labels: LabelSettings, _ target: Target?, _ selection: FeatureSelection?) {
        if labels.expired == .negative {
            switch target {
            case .binary?, nil: break
            case .multiclass?, .regression?, .unlabelled?:
                contradict(
                    Declared.labelExpired.key, "`negative` stands beside a target that isn't `binary`",
                    allowed: "`drop`; `negative` for two classes", advice: "write `expired: drop`")
            }
        }
        if labels.corrected == .learn, target == .unlabelled {
            contradict(
                Declared.labelCorrected.key, "`learn` stands beside the target `none`, which learns from no label",
                allowed: "`ignore`", advice: "write `corrected: ignore`")
        }
        if let selection, selection.kind != .variance {
            contradict(
                Declared.selectionKind.key, "`\(selection.kind.rawValue)` asks the label, which comes later",
                allowed: "`none`, `variance` with `topics.labels`", advice: "write `kind: variance`")
        }
    }

    private mutating func refuseLabelSettings(_ drift: [DriftWatch]) {
        for declaration in Declared.labels where root.entry(at: declaration.key.split(separator: ".")) != nil {
            contradict(
                declaration.key, "has no meaning where labels stand in the feature records",
                allowed: "beside `topics.labels` alone",
                advice: "name the labels' topic as `topics.labels`, or remove it")
        }
        for (index, watch) in drift.enumerated() where watch.watch == .labelDelay {
            contradict(
                "drift", "drift[\(index)] watches `label-delay`, and labels stand in the feature records",
                allowed: "`label-delay` beside `topics.labels` alone",
                advice: "name the labels' topic as `topics.labels`, or watch another signal")
        }
    }
}
