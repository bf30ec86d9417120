import DriftDetection
import Testing

@Suite struct MersenneTwisterTests {
    @Test func `the first words of a key of four are those of the reference program`() {
        var generator = MersenneTwister(key: [0x123, 0x234, 0x345, 0x456])
        let words = (0..<5).map { _ in generator.next() }
        #expect(words == [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783, 4_228_976_476])
    }

    @Test func `a generator that starts anew repeats itself, however far it had come`() {
        var generator = MersenneTwister(seed: 42)
        let first = (0..<3).map { _ in generator.next() }
        for _ in 0..<2000 { _ = generator.next() }
        generator.startAnew()
        let again = (0..<3).map { _ in generator.next() }
        #expect(again == first)
    }

    // As random.Random(seed).sample(range(population), size) gives them in Python 3.11.
    @Test func `a sample is the one that Python draws, of few numbers and of many`() {
        #expect(draws(population: 20, size: 5, seed: 7) == [10, 4, 12, 1, 2])
        #expect(draws(population: 1000, size: 6, seed: 7) == [331, 970, 154, 404, 666, 49])
        let thirty = [
            26, 90, 171, 16, 109, 12, 99, 102, 160, 143, 19, 183, 173, 100, 176, 140, 81, 96, 69, 11,
            104, 125, 93, 8, 52, 101, 50, 9, 150, 174,
        ]
        #expect(draws(population: 200, size: 30, seed: 1 << 40) == thirty)
    }

    private func draws(population: Int, size: Int, seed: UInt64) -> [Int] {
        var generator = MersenneTwister(seed: seed)
        var draw = SampleDraw(population: population, size: size)
        var numbers: [Int] = []
        draw.draw(&generator) { numbers.append($0) }
        return numbers
    }
}
