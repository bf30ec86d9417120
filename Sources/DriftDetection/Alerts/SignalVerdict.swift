/// What one signal says to the `AlertDesk`: at a window's end, or in between when its evidence is enough.
public struct SignalVerdict: Sendable, Hashable {
    /// The natural logarithm of the e-value (see `Evidence`).
    public var evidence: Double
    /// The chance that the evidence was made of; nil where it is an e-value from the start.
    public var pValue: Double?
    /// How large the change is, in the signal's unit of effect (standard deviations, a distance); at least 0.
    public var effect: Double
    /// The effect below which nobody would act, in the same unit; above 0.
    public var minimumEffect: Double
    /// Since when and by how much the mean moved, where the signal has one.
    public var shift: ShiftEstimate?
    /// Values since the change, as far as known: those of the shift, or of the window.
    public var values: UInt64
    /// What the change does to the loss, by estimate, in the loss's unit; nil where nothing is known.
    public var lossEffect: Double?
    public var histograms: HistogramPair?
    public var endsWindow: Bool
    /// Whether the signal has learned a new reference since the alert and stands still there.
    public var hasSettled: Bool

    public init(
        evidence: Double, pValue: Double? = nil, effect: Double, minimumEffect: Double, shift: ShiftEstimate? = nil,
        values: UInt64, lossEffect: Double? = nil, histograms: HistogramPair? = nil, endsWindow: Bool = true,
        hasSettled: Bool = false
    ) {
        self.evidence = evidence
        self.pValue = pValue
        self.effect = effect
        self.minimumEffect = minimumEffect
        self.shift = shift
        self.values = values
        self.lossEffect = lossEffect
        self.histograms = histograms
        self.endsWindow = endsWindow
        self.hasSettled = hasSettled
    }
}
