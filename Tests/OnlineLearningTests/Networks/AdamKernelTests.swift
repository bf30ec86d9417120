import COptimizers
import Foundation
import TestSupport
import Testing

/// The loop that runs in whatever registers a processor has, against one weight after the other.
@Suite struct AdamKernelTests {
    private struct Planes {
        var weights: [Float]
        var first: [Float]
        var second: [Float]
    }

    @Test(arguments: [(16, Float(0), Float(1)), (208, 0.01, 1), (1_024, 0, 0.999)])
    func `an update has the bits of one weight after the other, whatever the registers`(
        count: Int, l2: Float, kept: Float
    ) {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("Adam: seed \(seed)")
        var random = SplitMix64(seed: seed)
        func numbers(_ range: ClosedRange<Float>) -> [Float] {
            (0..<count).map { _ in .random(in: range, using: &random) }
        }
        var before = Planes(weights: numbers(-2...2), first: numbers(-0.1...0.1), second: numbers(0...0.01))
        let gradient = numbers(-3...3)
        var rule = adam_rule(
            factor: 0.75, l2: l2, kept: kept, first_moment: 0.9, second_moment: 0.999, step: 0.01, spread: 1.5,
            epsilon: 1e-8)
        let expected = alone(before, gradient, rule)
        var after = Planes(weights: numbers(7...8), first: numbers(7...8), second: numbers(7...8))
        let lengths = update(&before, gradient, &rule, &after)
        #expect(after.weights.map(\.bitPattern) == expected.weights.map(\.bitPattern))
        #expect(after.first.map(\.bitPattern) == expected.first.map(\.bitPattern))
        #expect(after.second.map(\.bitPattern) == expected.second.map(\.bitPattern))
        let squares = expected.weights.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(abs(Double(lengths.weights) - squares) <= 1e-5 * squares)
        let changes = zip(before.weights, after.weights).reduce(0) { $0 + pow(Double(kept * $1.0 - $1.1), 2) }
        #expect(abs(Double(lengths.change) - changes) <= 1e-3 * changes)
    }

    private func update(
        _ before: inout Planes, _ gradient: [Float], _ rule: inout adam_rule, _ after: inout Planes
    ) -> adam_lengths {
        let count = gradient.count
        return withPlanes(&before) { before in
            withPlanes(&after) { after in adam_update(&rule, &before, gradient, count, &after) }
        }
    }

    private func withPlanes(_ planes: inout Planes, _ body: (inout adam_planes) -> adam_lengths) -> adam_lengths {
        planes.weights.withUnsafeMutableBufferPointer { weights in
            planes.first.withUnsafeMutableBufferPointer { first in
                planes.second.withUnsafeMutableBufferPointer { second in
                    var own = adam_planes(
                        weights: weights.baseAddress, first: first.baseAddress, second: second.baseAddress)
                    return body(&own)
                }
            }
        }
    }

    private func alone(_ planes: Planes, _ gradient: [Float], _ rule: adam_rule) -> Planes {
        var result = planes
        for index in gradient.indices {
            let slope = rule.factor * gradient[index] + rule.l2 * planes.weights[index]
            let first = rule.first_moment * planes.first[index] + (1 - rule.first_moment) * slope
            let second = rule.second_moment * planes.second[index] + (1 - rule.second_moment) * (slope * slope)
            let change = rule.step * first / (rule.spread * second.squareRoot() + rule.epsilon)
            (result.first[index], result.second[index]) = (first, second)
            result.weights[index] = rule.kept * planes.weights[index] - change
        }
        return result
    }
}
