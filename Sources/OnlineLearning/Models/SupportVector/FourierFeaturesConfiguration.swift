/// Random Fourier features as they are declared.
public struct FourierFeaturesConfiguration: Sendable, Hashable {
    /// How many; 1 or more. The kernel's error goes with the root of 1 / count.
    public var count: Int
    /// Of the kernel exp(-gamma × squared distance); above 0.
    public var gamma: Double
    public var seed: UInt64

    public init(count: Int = 256, gamma: Double = 0.1, seed: UInt64 = 42) {
        self.count = count
        self.gamma = gamma
        self.seed = seed
    }
}
