internal import LinearAlgebra

extension LayerStack {
    /// A dense layer's gradients: for one row an outer product, for more a matrix product.
    @inline(__always)
    func denseBackward(
        _ plan: LayerPlan, _ rows: Int, _ input: UnsafePointer<Float>, _ slope: UnsafePointer<Float>,
        _ weights: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
        into target: UnsafeMutablePointer<Float>?
    ) {
        let (width, count) = (plan.output.count, plan.input.count)
        let matrix = weights + plan.weights
        if rows == 1 {
            Matrices.outer(slope, rows: width, input, columns: count, into: gradient + plan.weights)
            (gradient + plan.biases).update(from: slope, count: width)
            guard let target else { return }
            Matrices.multiplyTransposed(matrix, rows: width, columns: count, by: slope, into: target)
        } else {
            Matrices.product(
                slope, transposingFirst: true, input, into: gradient + plan.weights, rows: width, inner: rows,
                columns: count)
            Matrices.sumRows(slope, rows: rows, columns: width, into: gradient + plan.biases)
            guard let target else { return }
            Matrices.product(slope, matrix, into: target, rows: rows, inner: width, columns: count)
        }
    }
}
