/// Draws some of the first numbers, each at most once, as Python's `random.sample(range(n), k)` does: in the same order,
/// from the same words of the generator.
///
/// - Memory: `population` numbers, made at init. Cost: O(population) a draw; allocates nothing.
package struct SampleDraw: ~Copyable {
    let population: Int
    let size: Int
    /// The numbers that are left; or, where few of many are drawn, which were drawn.
    private let pool: UnsafeMutablePointer<Int>
    private let drawsAgain: Bool

    /// - Parameters:
    ///   - population: the numbers 0..<population; 0 for a draw that is never made.
    ///   - size: at most `population`.
    package init(population: Int, size: Int) {
        self.population = population
        self.size = size
        pool = .allocate(capacity: population)
        pool.initialize(repeating: 0, count: population)
        drawsAgain = population > Self.largestPool(size)
    }

    deinit { pool.deallocate() }

    /// Python keeps a pool up to this population, and beyond it a set of what was drawn.
    private static func largestPool(_ size: Int) -> Int {
        guard size > 5 else { return 21 }
        var table = 1
        while table < 3 * size { table *= 4 }
        return 21 + table
    }

    /// Calls `body` with every number that is drawn.
    @inline(__always)
    package mutating func draw(_ generator: inout MersenneTwister, _ body: (Int) -> Void) {
        for number in 0..<population { pool[number] = drawsAgain ? 0 : number }
        for drawn in 0..<size {
            guard drawsAgain else {
                let place = generator.below(population - drawn)
                body(pool[place])
                pool[place] = pool[population - drawn - 1]
                continue
            }
            var number = generator.below(population)
            while pool[number] != 0 { number = generator.below(population) }
            pool[number] = 1
            body(number)
        }
    }
}
