/// Where each feature of a decoded row stands.
///
/// Its numbers are those of all `number` features, then those of all vectors, then those of the sequences, each in the order of
/// the declarations; a plain pipeline's numbers are its features. Its codes are 64 bits each: a category's hash, a
/// timestamp's milliseconds, the hashes of a text's words.
public struct RowLayout: Sendable, Hashable {
    public struct Place: Sendable, Hashable {
        /// Where the feature begins, among the numbers or among the codes.
        public var first: Int
        /// Numbers of a vector or of one step, words of a text at most; 1 for the other kinds.
        public var length: Int
        /// Steps of a sequence at most; 1 for the other kinds.
        public var steps: Int

        public init(first: Int, length: Int = 1, steps: Int = 1) {
            self.first = first
            self.length = length
            self.steps = steps
        }
    }

    /// One a feature.
    public let places: [Place]
    /// How many features are numbers: those that come first.
    public let scalars: Int
    /// Numbers of those and of the vectors: what every record has.
    public let columns: Int
    /// All numbers, those of sequences too.
    public let numbers: Int
    public let codes: Int

    public init(_ features: [FeatureDeclaration]) {
        var places = [Place](repeating: Place(first: 0), count: features.count)
        var numbers = 0
        var codes = 0
        for (index, feature) in features.enumerated() where feature.kind == .number {
            places[index].first = numbers
            numbers += 1
        }
        scalars = numbers
        for (index, feature) in features.enumerated() {
            guard case .vector(let length, _) = feature.kind else { continue }
            places[index] = Place(first: numbers, length: length)
            numbers += length
        }
        columns = numbers
        for (index, feature) in features.enumerated() {
            switch feature.kind {
            case .sequence(let width, let steps):
                places[index] = Place(first: numbers, length: width, steps: steps)
                numbers += width * steps
            case .category, .timestamp:
                places[index].first = codes
                codes += 1
            case .text:
                places[index] = Place(first: codes, length: FeatureKind.mostWords)
                codes += FeatureKind.mostWords
            case .number, .vector: break
            }
        }
        self.places = places
        self.numbers = numbers
        self.codes = codes
    }
}
