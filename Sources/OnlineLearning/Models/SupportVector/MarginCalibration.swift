internal import Records

/// Makes a margin into a probability: the logistic function of a line in the margin, which is learned from the margins that
/// records had before they were learned, and from their labels.
///
/// The margin is measured by the fading root of its mean square. Eight lines learn in steps of different lengths and are
/// mixed by how well each did lately, so there is nothing to tune.
/// - Cost: O(1), allocates nothing.
/// - Source: Platt, in Advances in Large Margin Classifiers (1999), record by record.
struct MarginCalibration: BitwiseCopyable {
    static let fading = 0.01
    private static let inverseSteps = EightLanes(SIMD8(256, 90.5, 32, 11.3, 4, 1.414, 0.5, 0.1768))
    var slope = EightLanes(all: 1)
    var offset = EightLanes(all: 0)
    var mix = BankMix<EightLanes>(share: 0.002)
    var meanSquare = 1.0

    @inline(__always)
    private func measured(_ margin: Double) -> EightLanes {
        EightLanes(all: Float(min(max(margin / meanSquare.squareRoot(), -10), 10)))
    }

    @inline(__always)
    private func probabilities(_ measured: EightLanes) -> EightLanes {
        EightLanes.probability(margin: slope * measured + offset).within(1e-6, 1 - 1e-6)
    }

    /// - Parameter margin: finite.
    @inline(__always)
    func probability(margin: Double) -> Double { Double(mix.mean(probabilities(measured(margin)))) }

    /// - Parameter number: 1 where the margin's class was right, else 0.
    @inline(__always)
    mutating func learn(margin: Double, number: Float) {
        let measured = measured(margin)
        let probabilities = probabilities(measured)
        let slopes = probabilities - EightLanes(all: number)
        let norm = (measured * measured + EightLanes(all: 1)) * EightLanes(all: 0.25)
        let steps = slopes / (Self.inverseSteps + norm)
        slope = (slope - steps * measured).within(-1e3, 1e3)
        offset = (offset - steps).within(-1e3, 1e3)
        mix.update(probabilities: probabilities, number: number)
        meanSquare = max(meanSquare + Self.fading * (min(margin * margin, 1e12) - meanSquare), 1e-12)
    }
}

extension MarginCalibration {
    func save(to archive: inout StateArchive, under prefix: String) {
        archive.put(prefix + "/lines", floats: slope.values + offset.values)
        mix.save(to: &archive, under: prefix + "/mix")
        archive.put(prefix + "/mean-square", doubles: [meanSquare])
    }

    /// The calibration that a snapshot holds.
    init(restoring archive: StateArchive, under prefix: String) throws(StateError) {
        let lines = try archive.floats(prefix + "/lines", count: 16)
        let meanSquare = try archive.doubles(prefix + "/mean-square", count: 1)[0]
        guard lines.allSatisfy({ abs($0) <= 1e3 }) else {
            throw .impossible(name: prefix + "/lines", reason: "a slope or offset is beyond 1000")
        }
        guard meanSquare >= 1e-12, meanSquare <= 1e12 else {
            throw .impossible(name: prefix + "/mean-square", reason: "it is \(meanSquare)")
        }
        slope = EightLanes { lines[$0] }
        offset = EightLanes { lines[8 + $0] }
        mix = try BankMix(restoring: archive, under: prefix + "/mix", share: mix.share)
        self.meanSquare = meanSquare
    }
}
