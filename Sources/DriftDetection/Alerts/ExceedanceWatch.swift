public import Records

/// Watches how often a score lies beyond a high quantile of its reference: of an autoencoder's reconstruction error, or
/// of any anomaly score, whose mean says little and whose tail says much.
///
/// - Shape: scalar in; evidence after every value, a verdict at a window's end. Unit: that of the score. Cost: that of
///   `ScalarWatch`; memory 8 bytes a value of the reference, made at init; allocates nothing after.
/// - Source: the test of a share against a learned one, by `EDetector`, upwards only.
public struct ExceedanceWatch: ~Copyable {
    /// Scores that a reference has at least.
    public static let leastReference = 100

    /// The first so many scores, in order of size once they are whole.
    private let reference: UnsafeMutableBufferPointer<Double>
    private let quantile: Double
    private var filled = 0
    private var watch: ScalarWatch

    /// - Parameters:
    ///   - reference: scores from which the quantile is learned, at least `leastReference`.
    ///   - quantile: in (0, 1).
    ///   - minimumEffect: standard deviations of the share, above 0.
    public init(reference: Int = 1000, quantile: Double = 0.95, window: Int = 1000, minimumEffect: Double = 0.1) {
        precondition(reference >= Self.leastReference && quantile > 0 && quantile < 1)
        self.reference = .allocate(capacity: reference)
        self.reference.initialize(repeating: 0)
        self.quantile = quantile
        watch = ScalarWatch(EDetectorConfiguration(direction: .up), window: window, minimumEffect: minimumEffect)
    }

    deinit { reference.deallocate() }

    /// The score that counts as high; nil until the reference is whole.
    public var limit: Double? {
        guard filled == reference.count else { return nil }
        return reference[min(filled - 1, Int((quantile * Double(filled)).rounded(.up)) - 1)]
    }

    public var evidence: Double { watch.evidence }
    public var verdict: SignalVerdict { watch.verdict }

    /// Takes the next score in; one that isn't finite, or absurd, changes nothing.
    /// - Returns: true where a window ends.
    public mutating func observe(_ score: Double) -> Bool { isHigh(score).map { watch.observe($0) } ?? false }

    /// Takes the next score in, likewise.
    /// - Parameter level: the evidence from which the desk wants to hear of it in the middle of a window, too.
    /// - Returns: true where the desk wants to hear `verdict`.
    public mutating func observe(_ score: Double, level: Double) -> Bool {
        isHigh(score).map { watch.observe($0, level: level) } ?? false
    }

    /// 1 or 0; nil where the score is none, or became part of the reference.
    private mutating func isHigh(_ score: Double) -> Double? {
        guard score.isWatchable else { return nil }
        guard let limit else {
            reference[filled] = score
            filled += 1
            if filled == reference.count { reference.sortInPlace() }
            return nil
        }
        return score > limit ? 1 : 0
    }

    public mutating func heed(_ action: AlertEpisode.Action) { watch.heed(action) }
}

extension ExceedanceWatch: Checkpointable {
    public func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/reference", doubles: UnsafeBufferPointer(rebasing: reference[..<filled]))
        watch.save(to: &archive, under: "\(prefix)/watch")
    }

    public mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let name = "\(prefix)/reference"
        let restored = try archive.doubles(name)
        guard restored.count <= reference.count, restored.allSatisfy(\.isWatchable) else {
            throw .impossible(name: name, reason: "too many scores, or one that is none")
        }
        guard restored.count < reference.count || zip(restored, restored.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw .impossible(name: name, reason: "it is whole and isn't sorted")
        }
        try watch.restore(from: archive, under: "\(prefix)/watch")
        filled = restored.count
        _ = reference.update(fromContentsOf: restored)
    }
}
