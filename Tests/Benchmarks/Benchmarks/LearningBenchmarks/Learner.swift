import OnlineLearning
import Records

/// The learning part of a task, over rows that are made beforehand.
struct Learner: ~Copyable {
    private(set) var correct = 0
    private var scaler: FeatureScaler
    private var model: LinearModel
    private let features: Int
    private let rows: [Float]
    private let labels: [Int]
    private let vector: UnsafeMutableBufferPointer<Float>

    private static let distinctRows = 1_000

    init(features: Int) {
        var numbers = Numbers(seed: UInt64(features))
        self.features = features
        rows = (0..<Self.distinctRows * features).map { _ in numbers.next() }
        labels = (0..<Self.distinctRows).map { _ in numbers.next() < 0.5 ? 0 : 1 }
        scaler = FeatureScaler(features: (0..<features).map { FeatureDeclaration(name: "x\($0)") })
        model = LinearModel(
            LinearModelConfiguration(
                featureCount: features, target: .binary(classes: [.text("no"), .text("yes")])))
        vector = .allocate(capacity: features)
        vector.initialize(repeating: 0)
    }

    deinit { vector.deallocate() }

    mutating func pass(over records: Int) {
        rows.withUnsafeBufferPointer { rows in
            for record in 0..<records {
                let index = record % Self.distinctRows
                let row = UnsafeBufferPointer(rebasing: rows[index * features..<(index + 1) * features])
                scaler.transform(row, into: vector)
                let prediction = model.predict(UnsafeBufferPointer(vector))
                if prediction.classIndex == labels[index] { correct += 1 }
                _ = model.learn(UnsafeBufferPointer(vector), label: .classIndex(labels[index]))
                scaler.update(row)
            }
        }
    }
}

/// Uniform in 0 to 1; the same seed gives the same numbers (SplitMix64).
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Float {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Float((value ^ (value >> 31)) >> 40) * 0x1p-24
    }
}
