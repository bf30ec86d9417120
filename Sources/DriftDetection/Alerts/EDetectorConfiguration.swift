/// Parameters of `EDetector`.
public struct EDetectorConfiguration: Sendable, Hashable {
    /// Which changes of the mean are looked for.
    public enum Direction: String, CaseIterable, Sendable {
        case both, up, down
    }

    /// False alarms a value on a stream that doesn't change, in (0, 1): one over the mean run between two of them.
    public var falseAlarmRate: Double
    /// Values from which scale and reference are learned before anything is reported; at least
    /// `EDetectorConfiguration.leastWarmUp`.
    public var warmUp: Int
    public var direction: Direction

    /// The scale takes the first hundred values, the reference the others.
    public static let leastWarmUp = 200

    public init(falseAlarmRate: Double = 1e-6, warmUp: Int = 500, direction: Direction = .both) {
        self.falseAlarmRate = falseAlarmRate
        self.warmUp = warmUp
        self.direction = direction
    }
}
