import LinearAlgebra
import TestSupport
import Testing

@Suite struct DenseSumsTests {
    @Test func `sums of every length agree with Float64, on both sides of OpenBLAS`() {
        _ = oneThread
        var generator = SplitMix64(seed: 23)
        for count in Array(0...40) + [Vectors.smallestCountForBLAS - 1, Vectors.smallestCountForBLAS, 1000] {
            let a = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            let b = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
            let exact = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(Double(Vectors.dot(a, b, count: count)) - exact) < 1e-4)
            #expect(Vectors.dot(a, b, count: count) == Vectors.dot(a, b, count: count))
            var y = b
            Vectors.axpy(2, a, into: &y, count: count)
            for index in 0..<count { #expect(abs(y[index] - (b[index] + 2 * a[index])) < 1e-5) }
        }
    }

    @Test func `OpenBLAS says which core's kernels it chose`() { #expect(!BLAS.coreName.isEmpty) }
}
