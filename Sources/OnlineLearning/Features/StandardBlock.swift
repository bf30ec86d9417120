/// The standard scaling of four neighbouring features at once: bit for bit what `StandardScaling` does one by one.
///
/// Divisions and roots are most of a record's cost: here they are made at the update, once, and four by four.
enum StandardBlock {
    typealias Lanes = SIMD4<Double>
    static let width = 4

    @inline(__always)
    static func transform(
        _ row: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ table: borrowing StatisticsTable,
        _ first: Int
    ) {
        let mean = load(table.means + first)
        let raw = widened(row)
        let value = raw.replacing(with: mean, where: raw .!= raw)
        let scaled = (value - mean) * load(table.factors + first)
        let known = scaled.replacing(with: 0, where: scaled .!= scaled)
        let limit = Lanes(repeating: 10_000)
        let clipped = known.replacing(with: limit, where: known .> limit)
            .replacing(with: -limit, where: known .< -limit)
        output[0] = Float(clipped[0])
        output[1] = Float(clipped[1])
        output[2] = Float(clipped[2])
        output[3] = Float(clipped[3])
    }

    @inline(__always)
    static func update(_ table: borrowing StatisticsTable, _ first: Int, with row: UnsafePointer<Float>) {
        let count = load(table.counts + first)
        let mean = load(table.means + first)
        let spread = load(table.spreads + first)
        let raw = widened(row)
        // An infinity and a NaN differ from themselves once they are taken from themselves.
        let isFinite = (raw - raw) .== 0
        let newCount = count + 1
        let before = raw - mean
        let newMean = mean + before / newCount
        let newSpread = spread + before * (raw - newMean)
        let keptCount = count.replacing(with: newCount, where: isFinite)
        let keptSpread = spread.replacing(with: newSpread, where: isFinite)
        store(keptCount, table.counts + first)
        store(mean.replacing(with: newMean, where: isFinite), table.means + first)
        store(keptSpread, table.spreads + first)
        let square = (keptCount / keptSpread).replacing(with: 0, where: .!(keptSpread .> 0))
        table.factors[first] = square[0].squareRoot()
        table.factors[first + 1] = square[1].squareRoot()
        table.factors[first + 2] = square[2].squareRoot()
        table.factors[first + 3] = square[3].squareRoot()
    }

    @inline(__always)
    private static func load(_ numbers: UnsafePointer<Double>) -> Lanes {
        UnsafeRawPointer(numbers).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    private static func store(_ lanes: Lanes, _ numbers: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(numbers).storeBytes(of: lanes, as: Lanes.self)
    }

    @inline(__always)
    private static func widened(_ row: UnsafePointer<Float>) -> Lanes {
        Lanes(Double(row[0]), Double(row[1]), Double(row[2]), Double(row[3]))
    }
}
