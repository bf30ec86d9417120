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

    /// The factor for the update with this number, counted from 1.
    @inline(__always)
    public func factor(update number: Double) -> Double {
        switch self {
        case .constant: 1
        case .inverseScaling(let power): power == 0.5 ? 1 / number.squareRoot() : pow(number, -power)
        }
    }
}
