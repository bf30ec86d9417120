extension DistributionWatch {
    /// What the newest window says to the `AlertDesk`; nil before the first window. Its histograms are copied: it is
    /// asked for once a window, not once a record.
    public var signalVerdict: SignalVerdict? {
        guard let verdict else { return nil }
        var shift: ShiftEstimate?
        if case .numbers = configuration.kind {
            shift = ShiftEstimate(
                values: UInt64(configuration.window), before: mean, after: mean + verdict.meanShift * unit,
                deviation: unit)
        }
        return SignalVerdict(
            evidence: Evidence.ofChance(verdict.pValue), pValue: verdict.pValue, effect: verdict.effect,
            minimumEffect: verdict.minimumEffect, shift: shift, values: UInt64(configuration.window),
            histograms: histograms())
    }
}
