/// The features of one record as they were decoded, in memory that is made once and written over by every record.
public struct FeatureRow: ~Copyable {
    public let layout: RowLayout
    /// In the feature's own unit; NaN where a number or a vector's value is missing. Behind a sequence's last step stands
    /// anything.
    public let numbers: UnsafeMutableBufferPointer<Float>
    /// Hashes as `ValueHash` makes them, and milliseconds since 1970; of use only as far as `counts` says.
    public let codes: UnsafeMutableBufferPointer<UInt64>
    /// How much of each feature there is; 0 where it is missing. Values of a vector that aren't null, steps of a sequence, words
    /// of a text; 1 for the other kinds.
    public let counts: UnsafeMutableBufferPointer<UInt32>

    /// The features of kind `number`, in the order of their declarations.
    public let scalars: UnsafeBufferPointer<Float>
    /// The same and the values of vectors.
    public let columns: UnsafeBufferPointer<Float>

    public init(_ layout: RowLayout) {
        let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: layout.numbers)
        memory.initialize(repeating: .nan)
        self.layout = layout
        numbers = memory
        scalars = UnsafeBufferPointer(rebasing: memory[..<layout.scalars])
        columns = UnsafeBufferPointer(rebasing: memory[..<layout.columns])
        codes = .allocate(capacity: layout.codes)
        counts = .allocate(capacity: layout.places.count)
        codes.initialize(repeating: 0)
        counts.initialize(repeating: 0)
    }

    public init(features: [FeatureDeclaration]) { self.init(RowLayout(features)) }

    deinit {
        numbers.deallocate()
        codes.deallocate()
        counts.deallocate()
    }

    /// All features missing.
    public func clear() {
        numbers[..<layout.columns].update(repeating: .nan)
        counts.update(repeating: 0)
    }
}
