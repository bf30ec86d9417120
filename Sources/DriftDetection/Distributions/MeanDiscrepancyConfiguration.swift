/// Parameters of `MeanDiscrepancyWatch`.
public struct MeanDiscrepancyConfiguration: Sendable, Hashable {
    /// Rows that a reference has at least.
    public static let leastReference = 8

    /// Numbers a row; at least 1.
    public var dimensions: Int
    /// Frequencies of the random features; at least 1. The more, the finer the differences of shape that are seen.
    public var frequencies: Int
    /// The kernel's width in standard deviations, above 0: differences of shape much finer than it aren't seen.
    public var bandwidth: Double
    public var seed: UInt64
    /// Rows from which centre and scale of each dimension are learned; at least 2.
    public var scaleRows: Int
    /// Rows of the reference after those; at least `leastReference`.
    public var reference: Int
    /// Rows a window; at least 2.
    public var window: Int
    /// The effect below which nobody would act, from 0 (the same) to √2 (nothing in common); above 0.
    public var minimumEffect: Double

    /// - Parameter bandwidth: nil for the root of the dimensions: the usual distance of a standardized row from the
    ///   centre. The median rule of Gretton and others, the distance between two rows, is √2 times as wide and sees
    ///   less of how features go together.
    public init(
        dimensions: Int, frequencies: Int = 32, bandwidth: Double? = nil, seed: UInt64 = 42, scaleRows: Int = 200,
        reference: Int = 1000, window: Int = 1000, minimumEffect: Double = 0.05
    ) {
        self.dimensions = dimensions
        self.frequencies = frequencies
        self.bandwidth = bandwidth ?? Double(dimensions).squareRoot()
        self.seed = seed
        self.scaleRows = scaleRows
        self.reference = reference
        self.window = window
        self.minimumEffect = minimumEffect
    }

    func check() {
        precondition(dimensions >= 1 && frequencies >= 1 && bandwidth > 0 && minimumEffect > 0)
        precondition(scaleRows >= 2 && reference >= Self.leastReference && window >= 2)
    }
}
