extension MeanDiscrepancyWatch {
    /// What the newest window says to the `AlertDesk`; nil before the first window. Features that move together have no mean
    /// and no histogram that could go with it.
    public var signalVerdict: SignalVerdict? {
        guard let verdict else { return nil }
        return SignalVerdict(
            evidence: Evidence.ofChance(verdict.pValue), pValue: verdict.pValue, effect: verdict.effect,
            minimumEffect: verdict.minimumEffect, values: UInt64(configuration.window))
    }
}
