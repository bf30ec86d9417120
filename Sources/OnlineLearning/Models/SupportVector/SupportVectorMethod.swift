/// How a support vector model goes from one record to the next.
public enum SupportVectorMethod: Sendable, Hashable {
    /// Steps of 1 / (regularization × update's number) down the loss, the weights shrunk in between. The regularization is
    /// above 0.
    ///
    /// With `boundedSteps` no record moves a margin beyond the point at which its own loss is least: the schedule's first steps
    /// are very long.
    /// - Source: Shalev-Shwartz, Singer, Srebro and Cotter, Mathematical Programming 127 (2011), without the projection, which
    ///   is optional there; bounded steps are the implicit updates of Kulis and Bartlett, ICML (2010).
    case pegasos(regularization: Double = 1e-4, boundedSteps: Bool = true)
    /// The smallest change of the weights that makes the record's loss 0, however large.
    case passiveAggressive
    /// The same, no step longer than the aggressiveness, which is above 0.
    case passiveAggressiveI(aggressiveness: Double = 1)
    /// The same, steps softened by the aggressiveness.
    /// - Source of all three: Crammer et al., JMLR 7 (2006).
    case passiveAggressiveII(aggressiveness: Double = 1)

    var isPegasos: Bool { if case .pegasos = self { true } else { false } }
}
