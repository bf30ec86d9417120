internal import DriftDetection
internal import Records

extension SettingsReader {
    /// Says where a detector can't watch the signal that it is given.
    ///
    /// A detector of errors takes what is 0 or 1: a loss isn't, and neither is the error of a number. A share over many
    /// records is no value of one, and one value a window makes no distribution.
    mutating func refuseMisfit(
        _ signal: DriftWatch.Signal, _ word: Declared.DetectorWord, in item: Item, _ target: Target
    ) {
        let hasClasses = target.isForClasses
        switch (signal, word) {
        case (.features, .joint): break
        case (.features, _):
            contradict(
                "detector", in: item, "`\(word.rawValue)` can't hold features together",
                allowed: "for `features` `\(JointSettings.word)`",
                advice: "write `detector: \(JointSettings.word)`, or `watch: feature` for each by itself")
        case (_, .joint):
            contradict(
                "detector", in: item, "`\(word.rawValue)` can't watch `\(signal.rawValue)`",
                allowed: "for `features`, which are held together", advice: "write `watch: features`")
        case (.prediction, .exceedance) where target.hasManyClasses:
            contradict(
                "detector", in: item, "`\(word.rawValue)` takes scores, and the prediction is one of several classes",
                allowed: "for this signal `chi-squared` and other tests", advice: "write `detector: chi-squared`")
        case (.prediction, .exceedance), (.loss, .exceedance): break
        case (_, .exceedance):
            contradict(
                "detector", in: item, "`\(word.rawValue)` can't watch `\(signal.rawValue)`",
                allowed: "for `prediction` and `loss`, whose tail counts", advice: "write `watch: prediction`")
        case (.quality, .distribution), (.quality, .scalar), (.metric, .distribution):
            contradict(
                "detector", in: item, "`\(word.rawValue)` can't watch `\(signal.rawValue)`",
                allowed: "for this signal `e-detector`\(signal == .metric ? " and detectors of values" : "")",
                advice: "write `detector: e-detector`")
        case (_, .scalar(let kind))
        where kind.watchesErrors
            && ([.loss, .metric, .labelDelay].contains(signal) || signal != .feature && !hasClasses):
            let values = DetectorKind.allCases.filter { !$0.watchesErrors }.map { "`\($0.rawValue)`" }
            contradict(
                "detector", in: item,
                "`\(kind.rawValue)` takes errors, 0 or 1, and `\(signal.rawValue)` is \(hasClasses ? "none" : "a number")",
                allowed: "for this signal `e-detector`, \(values.joined(separator: ", "))",
                advice: hasClasses ? "write `watch: error`" : "write `detector: e-detector`")
        default: break
        }
    }
}
