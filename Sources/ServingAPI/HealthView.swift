/// What the probes ask, as functions that may be called from any thread at any time and answer at once.
package struct HealthView: Sendable {
    /// Whether the process works at all; where it doesn't, a supervisor starts it anew.
    package var isLive: @Sendable () -> Bool
    /// Whether it has its partitions and is through with replaying.
    package var isReady: @Sendable () -> Bool

    package init(isLive: @escaping @Sendable () -> Bool, isReady: @escaping @Sendable () -> Bool) {
        self.isLive = isLive
        self.isReady = isReady
    }
}
