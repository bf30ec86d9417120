internal import Glibc

/// Evidence in one currency: the natural logarithm of an e-value, a number whose mean is at most 1 while nothing has
/// changed.
///
/// - Cost: O(1), allocates nothing.
public enum Evidence {
    /// Of a chance. The exchange costs something: 1 in a million becomes an e-value of 5,000.
    /// - Parameter chance: a p-value, from 0 to 1; below 1e-300 it counts as 1e-300.
    /// - Source: Vovk and Wang, E-values: calibration, combination and applications, Annals of Statistics 49 (2021):
    ///   the mean over k of k × p^(k - 1).
    public static func ofChance(_ chance: Double) -> Double {
        let chance = min(max(chance, 1e-300), 1)
        // Close to 1 the quotient cancels; its limit is a half.
        guard chance < 0.999 else { return -M_LN2 }
        let logarithm = log(chance)
        return log(1 - chance + chance * logarithm) - logarithm - 2 * log(-logarithm)
    }

    /// Of a report by a detector that has no e-value and no p-value, only a rate of false alarms, measured or promised.
    ///
    /// It stands for as much as an e-detector's report at that rate: in a day of n records either is wrong n × rate
    /// times.
    /// - Parameter falseAlarmRate: a value, in (0, 1).
    public static func ofReport(falseAlarmRate: Double) -> Double { -log(falseAlarmRate) }
}
