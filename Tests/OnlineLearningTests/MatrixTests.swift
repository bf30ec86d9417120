import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixTests {
    private func values(_ count: Int, _ generator: inout SplitMix64) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    }

    /// `[rows, inner] · [inner, columns]` in Float64, one after the other.
    private func exact(_ a: [Float], _ b: [Float], _ rows: Int, _ inner: Int, _ columns: Int) -> [Double] {
        (0..<rows * columns).map { place in
            (0..<inner).reduce(0.0) {
                $0 + Double(a[place / columns * inner + $1]) * Double(b[$1 * columns + place % columns])
            }
        }
    }

    private func transposed(_ a: [Float], _ rows: Int, _ columns: Int) -> [Float] {
        (0..<rows * columns).map { a[$0 % rows * columns + $0 / rows] }
    }

    @Test func `products of every shape agree with Float64, on both sides of OpenBLAS`() {
        _ = oneThread
        var generator = SplitMix64(seed: 41)
        for (rows, columns) in [(1, 1), (1, 9), (7, 1), (5, 8), (17, 13), (23, 22), (23, 23), (40, 33), (64, 128)] {
            let matrix = values(rows * columns, &generator)
            let x = values(columns, &generator)
            let z = values(rows, &generator)
            var y = [Float](repeating: 1, count: rows)
            Matrices.multiply(matrix, rows: rows, columns: columns, by: x, into: &y)
            #expect(relativeError(y.map(Double.init), exact(matrix, x, rows, columns, 1)) < 1e-5)
            Matrices.multiply(matrix, rows: rows, columns: columns, by: x, into: &y, adding: true)
            #expect(relativeError(y.map(Double.init), exact(matrix, x, rows, columns, 1).map { 2 * $0 }) < 1e-5)
            var w = [Float](repeating: 1, count: columns)
            Matrices.multiplyTransposed(matrix, rows: rows, columns: columns, by: z, into: &w)
            #expect(relativeError(w.map(Double.init), exact(z, matrix, 1, rows, columns)) < 1e-5)
            var outer = [Float](repeating: 1, count: rows * columns)
            Matrices.outer(z, rows: rows, x, columns: columns, into: &outer)
            #expect(relativeError(outer.map(Double.init), exact(z, x, rows, 1, columns)) < 1e-6)
            var sums = [Float](repeating: 1, count: columns)
            Matrices.sumRows(matrix, rows: rows, columns: columns, into: &sums)
            let ones = [Float](repeating: 1, count: rows)
            #expect(relativeError(sums.map(Double.init), exact(ones, matrix, 1, rows, columns)) < 1e-5)
        }
    }

    @Test func `a product takes either factor transposed`() {
        _ = oneThread
        var generator = SplitMix64(seed: 42)
        for (rows, inner, columns) in [(1, 1, 1), (3, 5, 4), (8, 9, 64), (16, 72, 16), (33, 7, 40)] {
            let a = values(rows * inner, &generator)
            let b = values(inner * columns, &generator)
            let expected = exact(a, b, rows, inner, columns)
            for (first, second) in [(false, false), (true, false), (false, true), (true, true)] {
                var c = [Float](repeating: 7, count: rows * columns)
                for isAdding in [false, true] {
                    Matrices.product(
                        first ? transposed(a, rows, inner) : a, transposingFirst: first,
                        second ? transposed(b, inner, columns) : b, transposingSecond: second, into: &c, rows: rows,
                        inner: inner, columns: columns, adding: isAdding)
                }
                #expect(relativeError(c.map(Double.init), expected.map { 2 * $0 }) < 1e-5)
            }
        }
    }

    @Test func `elementwise functions agree with Float64 and overflow nowhere`() {
        var x = (-2000...2000).map { Float($0) / 50 } + [-1e30, 1e30, -100, 100, 0]
        let given = x.map(Double.init)
        Vectors.sigmoid(&x, count: x.count)
        #expect(zip(x, given).allSatisfy { abs(Double($0) - 1 / (1 + exponential(-$1))) < 1e-6 })
        x = given.map(Float.init)
        Vectors.hyperbolicTangent(&x, count: x.count)
        #expect(zip(x, given).allSatisfy { abs(Double($0) - (1 - 2 / (exponential(2 * $1) + 1))) < 1e-6 })
        x = given.map(Float.init)
        var y = x
        Vectors.exponential(x, into: &y, count: x.count)
        let isClose = zip(y, given).allSatisfy {
            abs(Double($0) / exponential(min(max($1, -87), 87)) - 1) < 1e-6
        }
        #expect(isClose && y.allSatisfy(\.isFinite))
    }

    /// By squaring, so that nothing is taken from the functions under test.
    private func exponential(_ x: Double) -> Double {
        let part = min(max(x, -700), 700) / 1024
        var sum = 1 + part * (1 + part / 2 * (1 + part / 3 * (1 + part / 4 * (1 + part / 5))))
        for _ in 0..<10 { sum *= sum }
        return sum
    }
}
