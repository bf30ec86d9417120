/// What one worker has written since it was last asked; for the metrics and the live table.
package struct OutputTally: Sendable {
    package var predictions: UInt64 = 0
    /// By the reason's class name: why an input was refused, or why the broker refused an output for good.
    package var deadLetters: [String: UInt64] = [:]
    package var alerts: [DriftOutput] = []

    package init() {}
}
