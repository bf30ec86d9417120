/// What eight experts' margins of every class come to: four means of their probabilities and four stackers over their
/// margins, and a fixed share over these eight.
///
/// - Shape: `[classes]` of eight margins to `[classes]` probabilities. Cost: O(8 × classes) a call, allocates nothing after
///   `init`.
struct SoftmaxMix: ~Copyable {
    let classes: Int
    let shares: FixedShareMix
    var stacker: MarginStacker
    var levels = LevelWeights()

    /// `[classes]`, all of them computed from the first one: no state.
    let margins: Storage<Lanes>
    let held: Storage<Lanes>
    let probabilities: Storage<Lanes>
    let levelOutputs: Storage<SIMD8<Float>>
    let mixed: Storage<Float>

    init(classes: Int) {
        self.classes = classes
        shares = FixedShareMix(blocks: 1)
        stacker = MarginStacker(experts: 8)
        margins = Storage(repeating: .zero, count: classes)
        held = Storage(repeating: .zero, count: classes)
        probabilities = Storage(repeating: .zero, count: classes)
        levelOutputs = Storage(repeating: .zero, count: classes)
        mixed = Storage(repeating: 0, count: classes)
    }

    @inline(__always)
    func heldMargins(_ classIndex: Int) -> UnsafePointer<Float> {
        UnsafeRawPointer(held.base + classIndex).assumingMemoryBound(to: Float.self)
    }

    /// Mixes `margins`; whether all of it is finite.
    func combine() -> Bool {
        Self.normalize(margins, into: probabilities)
        var stacked = Lanes.zero
        var sum = Lanes.zero
        var largest = Lanes(repeating: -.infinity)
        for index in 0..<classes {
            held[index] = margins[index].within(MarginLimits.classes.lowest, MarginLimits.classes.highest)
            stacked = Lanes(lowHalf: stacker.margins(heldMargins(index)), highHalf: .zero)
            largest.replace(with: stacked, where: stacked .> largest)
            levelOutputs[index] = SIMD8(
                lowHalf: shares.means(probabilities.base + index), highHalf: stacked.lowHalf)
        }
        for index in 0..<classes {
            let margin = Lanes(lowHalf: levelOutputs[index].highHalf, highHalf: .zero)
            stacked = Lanes.exponential(margin - largest)
            sum += stacked
            levelOutputs[index].highHalf = stacked.lowHalf
        }
        var total: Float = 0
        for index in 0..<classes {
            levelOutputs[index].highHalf /= sum.lowHalf
            mixed[index] = levels.mean(levelOutputs[index])
            total += mixed[index]
        }
        return total.isFinite
    }

    /// The softmax of each lane.
    private static func normalize(_ margins: borrowing Storage<Lanes>, into probabilities: borrowing Storage<Lanes>) {
        var largest = margins[0]
        for index in 1..<margins.count { largest.replace(with: margins[index], where: margins[index] .> largest) }
        var sum = Lanes.zero
        for index in 0..<margins.count {
            probabilities[index] = Lanes.exponential(margins[index] - largest)
            sum += probabilities[index]
        }
        let part = 1 / sum
        for index in 0..<margins.count { probabilities[index] *= part }
    }
}
