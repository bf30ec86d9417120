internal import DriftDetection
internal import Settings

extension WatchedSignals {
    /// A keeper's verdict in the units that people read: records, and the signal's own unit of effect.
    func verdict(of found: SignalVerdict, _ index: Int) -> SignalVerdict {
        let signal = signals[index]
        var verdict = found
        verdict.values = found.values.multipliedReportingOverflow(by: UInt64(signal.recordsPerValue)).partialValue
        if let least = signal.minimumEffect { verdict.minimumEffect = least }
        if let shift = found.shift {
            switch signal.source {
            case .quality(let place):
                // The keeper bounds what lies far out; people want to know how bad it is.
                if !desk.isOpen(index) && !newest[place].isNaN { verdict.shift?.after = newest[place] }
                verdict.effect = ((verdict.shift ?? shift).after - shift.before).magnitude
            case .loss where signal.isShare: break
            case .loss: verdict.lossEffect = (shift.after - shift.before).magnitude
            case .number(let number):
                if association.featureCount > 0 {
                    // Further out a straight line says nothing any more.
                    let reach = min(max(shift.effect, -4), 4)
                    verdict.lossEffect = association.lossEffect(of: number, shift: reach)
                }
            case .error, .metric, .score, .labelDelay, .predictedClass, .category, .features: break
            }
        } else if signal.check != nil {
            verdict.effect = 0
        }
        return verdict
    }

    /// The detector's own figures as of now.
    func figures(of index: Int) -> (statistic: Double?, threshold: Double?) {
        switch signals[index].keeper {
        case .evidence(let place):
            let level = desk.levels[index]
            return (evidences[place].evidence, level.isFinite ? level : nil)
        case .exceedance(let place):
            let level = desk.levels[index]
            return (exceedances[place].evidence, level.isFinite ? level : nil)
        case .distribution(let place):
            let verdict = distributions[place].verdict
            return (verdict?.statistic, verdict?.threshold)
        case .detector(let place): return (detectors[place].statistic, detectors[place].threshold)
        case .joint(let place):
            let verdict = joints[place].watch.verdict
            return (verdict?.statistic, verdict?.threshold)
        }
    }

    /// Whether a signal's detector warns of a change that it doesn't report yet.
    func isWarning(_ index: Int) -> Bool {
        if case .detector(let place) = signals[index].keeper { detectors[place].isWarning } else { false }
    }

    mutating func beginWindow() { fired.update(repeating: false) }
}
