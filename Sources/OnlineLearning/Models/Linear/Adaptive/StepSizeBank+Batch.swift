extension StepSizeBank {
    /// Whether all weights stay sound with `part` of `changes` added; nothing but the bounds has changed where not.
    mutating func allows(_ changes: borrowing Storage<Lanes>, _ part: Float) -> Bool {
        var largest = Lanes.zero
        for index in 0..<rows * coordinates {
            let sizes = changes[index].magnitudes
            largest.replace(with: sizes, where: .!(sizes .<= largest))
        }
        return allows(largest, norm: part)
    }

    func add(_ changes: borrowing Storage<Lanes>, _ part: Float) {
        for index in 0..<rows * coordinates { weights[index] += part * changes[index] }
    }
}

extension MarginStacker {
    mutating func allows(_ changes: borrowing Storage<SIMD4<Float>>, _ part: Float) -> Bool {
        var largest = SIMD4<Float>.zero
        for index in 0..<experts {
            let sizes = changes[index].replacing(with: -changes[index], where: changes[index] .< 0)
            largest.replace(with: sizes, where: .!(sizes .<= largest))
        }
        return allows(largest, norm: part)
    }

    func add(_ changes: borrowing Storage<SIMD4<Float>>, _ part: Float) {
        for index in 0..<experts { weights[index] += part * changes[index] }
    }
}

extension CoordinateScales {
    func add(_ squares: borrowing Storage<Float>) {
        for index in 0..<coordinates { sums[index] = min(sums[index] + squares[index], Parameters.largestMagnitude) }
    }
}
