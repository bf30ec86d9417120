/// What stands in a record for one feature, and how a model sees it.
public enum FeatureKind: Sendable, Hashable {
    /// A JSON number: one dense value.
    case number
    /// A JSON string, number or boolean that names something.
    case category(CategoryEncoding)
    /// A JSON array of exactly `length` numbers, null among them for what is missing: as many dense values.
    ///
    /// `image` is channels, height and width of a picture in the order NCHW, whose product is `length`; empty for no picture.
    case vector(length: Int, image: [Int] = [])
    /// A JSON array of arrays of `width` numbers, oldest first; of more than `steps` the newest ones count.
    case sequence(width: Int, steps: Int)
    /// Milliseconds since 1970 or RFC 3339 text: sine and cosine of the time of day, of the week and of the year, in UTC.
    case timestamp
    /// A JSON string: how often each of its words comes, hashed into 2^bits sparse coordinates.
    case text(bits: Int)

    /// The most words of a text that are counted; what comes after them is passed over.
    public static let mostWords = 256

    /// Whether it is one number that a detector can watch.
    public var isNumber: Bool { self == .number }
}

/// How a category becomes numbers.
public enum CategoryEncoding: Sendable, Hashable {
    /// A dense column for each declared value, 1 for the one that the record has; any other value is 0 in all of them.
    case oneHot(values: [ClassName])
    /// A dense column for each value that was met often enough, and one for all others.
    case vocabulary(VocabularyLimits)
    /// One of 2^bits sparse coordinates, with the sign that the hash says.
    case hashed(bits: Int)
}

/// What bounds a vocabulary that is learned from the stream. Counted in records, never in time.
public struct VocabularyLimits: Sendable, Hashable {
    /// The most values that have a column.
    public var cap: Int
    /// How often a value must have come before it gets one.
    public var minimum: Int
    /// Records after which a value that didn't come loses its column; 0 for never.
    public var expiry: Int

    public init(cap: Int = 64, minimum: Int = 2, expiry: Int = 0) {
        self.cap = cap
        self.minimum = minimum
        self.expiry = expiry
    }
}
