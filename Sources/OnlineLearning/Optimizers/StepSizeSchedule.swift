#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How the step size goes with the number of updates.
public enum StepSizeSchedule: Sendable, Hashable {
    case constant
    /// Divided by the update's number (from 1) to this power; 0.5 and 1 are the usual ones.
    case inverseScaling(power: Double)
    /// Multiplied by `factor` after every `every` updates.
    case step(every: Double, factor: Double)
    /// Half a wave of the cosine from 1 down to `lowest`, over so many updates; `lowest` from then on.
    /// - Source: Loshchilov and Hutter, "SGDR" (ICLR 2017), without restarts.
    case cosine(updates: Double, lowest: Double)
    /// Grows evenly to 1 over so many updates; 1 from then on.
    case warmUp(updates: Double)

    /// The factor for the update with this number, counted from 1.
    @inline(__always)
    public func factor(update number: Double) -> Double {
        switch self {
        case .constant: 1
        case .inverseScaling(let power): power == 0.5 ? 1 / number.squareRoot() : pow(number, -power)
        case .step(let every, let factor): pow(factor, ((number - 1) / every).rounded(.down))
        case .cosine(let updates, let lowest):
            lowest + (1 - lowest) * 0.5 * (1 + cos(.pi * min((number - 1) / updates, 1)))
        case .warmUp(let updates): min(number / updates, 1)
        }
    }
}
