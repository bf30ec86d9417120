internal import DriftDetection
internal import Records

extension SignalVerdict {
    /// Whether the effect is what it was a window ago: what moved has found its new place.
    /// - Parameter last: negative where there was no window.
    func standsStill(since last: Double) -> Bool { last >= 0 && abs(effect - last) < minimumEffect }
}

extension StateArchive {
    /// Effects of windows, each at least 0, or -1 before the first window.
    func effects(_ name: String, count: Int) throws(StateError) -> [Double] {
        let effects = try doubles(name, count: count)
        guard effects.allSatisfy({ $0.isFinite && ($0 >= 0 || $0 == -1) }) else {
            throw .impossible(name: name, reason: "an effect is below 0, or none at all")
        }
        return effects
    }
}
