internal import LinearAlgebra

/// Convolution as one matrix product: the window's pixels at each place are written out as columns first.
/// - Source: Chellapilla, Puri and Simard, "High performance convolutional neural networks for document processing" (2006).
extension LayerStack {
    @inline(__always)
    func convolve(
        _ plan: LayerPlan, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ weights: UnsafePointer<Float>
    ) {
        let columns = scratch.base + plan.scratch
        plan.writeColumns(input, into: columns)
        for channel in 0..<plan.output.channels {
            (result + channel * plan.pixels).update(repeating: weights[plan.biases + channel], count: plan.pixels)
        }
        Matrices.product(
            weights + plan.weights, columns, into: result, rows: plan.output.channels, inner: plan.patch,
            columns: plan.pixels, adding: true)
    }

    @inline(__always)
    func convolutionBackward(
        _ plan: LayerPlan, _ rows: Int, _ input: UnsafePointer<Float>, _ slope: UnsafePointer<Float>,
        _ weights: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
        into target: UnsafeMutablePointer<Float>?
    ) {
        let columns = scratch.base + plan.scratch
        (gradient + plan.biases).update(repeating: 0, count: plan.output.channels)
        for row in 0..<rows {
            let rowSlope = slope + row * plan.output.count
            // Columns of the last row are still there; keeping those of a whole batch would cost more memory than time.
            if batch > 1 { plan.writeColumns(input + row * plan.input.count, into: columns) }
            Matrices.product(
                rowSlope, columns, transposingSecond: true, into: gradient + plan.weights, rows: plan.output.channels,
                inner: plan.pixels, columns: plan.patch, adding: row > 0)
            for channel in 0..<plan.output.channels {
                gradient[plan.biases + channel] += Vectors.sum(rowSlope + channel * plan.pixels, count: plan.pixels)
            }
            guard let target else { continue }
            Matrices.product(
                weights + plan.weights, transposingFirst: true, rowSlope, into: columnSlopes.base, rows: plan.patch,
                inner: plan.output.channels, columns: plan.pixels)
            plan.addColumns(columnSlopes.base, into: target + row * plan.input.count)
        }
    }
}
