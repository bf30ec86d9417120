/// What is done for one feature beyond scaling.
struct EncodingStep: BitwiseCopyable {
    enum Kind: BitwiseCopyable {
        case timestamp
        case declaredValues
        case vocabulary
        case hashed
        case words
        /// Its column says whether the feature is missing.
        case indicator
    }

    var kind: Kind
    var feature: Int
    /// Its first one among the row's codes.
    var code: Int
    /// Its first fixed column.
    var column = 0
    /// Among the values of all features, or among the vocabularies.
    var first = 0
    /// How many declared values it has.
    var count = 0
    /// What tells its coordinates from other features', made of its name.
    var seed: UInt64 = 0
    /// One less than the coordinates that it is hashed into.
    var mask: UInt64 = 0

    init(_ kind: Kind, feature: Int, code: Int) {
        self.kind = kind
        self.feature = feature
        self.code = code
    }
}

/// A declared value of a category and its column among the feature's.
struct ValueColumn: BitwiseCopyable {
    var hash: UInt64
    var column: Int
}
