import DriftDetection
import Records
import TestSupport
import Testing

@Suite struct LossAssociationTests {
    /// The loss is twice the first feature, ten times the third one's, and has nothing to do with the second.
    static func filled(rows: Int = 5000) -> LossAssociation {
        var association = LossAssociation(featureCount: 4)
        var generator = RecipeStream(seed: 1, stream: 30)
        for _ in 0..<rows {
            let values = (0..<3).map { _ in generator.nearlyGaussian(mean: 5) }
            let row = [Float(values[0]), Float(values[1]), Float(0.1 * values[2]), .nan]
            let loss = 2 * values[0] - values[2] + generator.nearlyGaussian(mean: 0)
            row.withUnsafeBufferPointer { association.add($0, loss: loss) }
        }
        return association
    }

    @Test func `a shift's effect is the loss's slope by standard deviations`() throws {
        let association = Self.filled()
        let effects = (0..<4).map { association.lossEffect(of: $0, shift: -0.5) }
        #expect(abs(try #require(effects[0]) - 1) < 0.03)
        #expect(try #require(effects[1]) < 0.03)
        // The unit of the feature doesn't matter.
        #expect(abs(try #require(effects[2]) - 0.5) < 0.03)
        #expect(effects[3] == nil)
    }

    @Test func `too few rows, and rows with an absurd loss, say nothing`() {
        var association = Self.filled(rows: 29)
        let few = association.lossEffect(of: 0, shift: 1)
        #expect(few == nil)
        for loss in [Double.nan, .infinity, 1e300] {
            [Float](repeating: 1, count: 4).withUnsafeBufferPointer { association.add($0, loss: loss) }
        }
        let still = association.lossEffect(of: 0, shift: 1)
        #expect(still == nil)
    }

    @Test func `it is restored bit for bit, and refuses what can't be`() throws {
        let association = Self.filled()
        var archive = StateArchive()
        association.save(to: &archive, under: "a")
        var restored = Self.filled(rows: 7)
        try restored.restore(from: archive, under: "a")
        var again = StateArchive()
        restored.save(to: &again, under: "a")
        #expect(again == archive)
        for sums in [[Double](repeating: -1, count: 20), [Double](repeating: .nan, count: 20)] {
            archive.put("a/sums", doubles: sums)
            #expect(throws: StateError.self) { try restored.restore(from: archive, under: "a") }
        }
    }
}
