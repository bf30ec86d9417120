/// What one worker has written since it was last asked; for the metrics and the live table.
package struct OutputTally: Sendable {
    package var predictions: UInt64 = 0
    /// By the reason's class name.
    package var deadLetters: [String: UInt64] = [:]
    package var alerts: [DriftOutput] = []
    /// Outputs that the broker refused for good and that went to dead letters instead.
    package var refusedOutputs: UInt64 = 0

    package init() {}
}
