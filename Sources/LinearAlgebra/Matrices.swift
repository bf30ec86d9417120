/// Products with dense matrices, stored row by row, in an order that depends on nothing but the shapes.
///
/// Small products are done by kernels of our own, whose calls cost nothing; larger ones are OpenBLAS's.
public enum Matrices {
    /// From this many elements on, a matrix times a vector is OpenBLAS's work.
    public static let smallestMatrixForBLAS = 512

    /// `y = matrix · x`.
    /// - Shape: `[rows, columns]`, `[columns]` into `[rows]`. Cost: O(rows × columns), allocates nothing.
    @inline(never)
    public static func multiply(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, by x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        if rows * columns < smallestMatrixForBLAS {
            smallMultiply(matrix, rows: rows, columns: columns, by: x, into: y, adding: adding)
        } else {
            BLAS.gemv(matrix, rows: rows, columns: columns, x, y, transposed: false, adding: adding)
        }
    }

    /// `y = matrixᵀ · x`.
    /// - Shape: `[rows, columns]`, `[rows]` into `[columns]`. Cost: O(rows × columns), allocates nothing.
    @inline(never)
    public static func multiplyTransposed(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, by x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        if rows * columns < smallestMatrixForBLAS {
            smallMultiplyTransposed(matrix, rows: rows, columns: columns, by: x, into: y, adding: adding)
        } else {
            BLAS.gemv(matrix, rows: rows, columns: columns, x, y, transposed: true, adding: adding)
        }
    }

    /// `matrix = x · yᵀ`, the outer product, in place of what was there.
    /// - Shape: `[rows]`, `[columns]` into `[rows, columns]`. Cost: O(rows × columns), allocates nothing.
    @inline(never)
    public static func outer(
        _ x: UnsafePointer<Float>, rows: Int, _ y: UnsafePointer<Float>, columns: Int,
        into matrix: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let factor = x[row]
            let target = matrix + row &* columns
            for column in 0..<columns { target[column] = factor * y[column] }
        }
    }

    /// `c = a · b`, or `c += a · b`, either factor read as its transpose where it says so.
    /// - Shape: `[rows, inner]`, `[inner, columns]` into `[rows, columns]`, after transposing. Cost: O(rows × inner ×
    ///   columns), allocates nothing.
    @inline(never)
    public static func product(
        _ a: UnsafePointer<Float>, transposingFirst transposesA: Bool = false, _ b: UnsafePointer<Float>,
        transposingSecond transposesB: Bool = false, into c: UnsafeMutablePointer<Float>, rows: Int, inner: Int,
        columns: Int,
        adding: Bool = false
    ) {
        guard rows > 0, columns > 0 else { return }
        BLAS.gemm(
            a, transposesA, b, transposesB, c, rows: rows, inner: inner, columns: columns, adding: adding)
    }

    /// `sums[column] = Σ matrix[row, column]`, or added to what is there.
    /// - Shape: `[rows, columns]` into `[columns]`. Cost: O(rows × columns), allocates nothing.
    public static func sumRows(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into sums: UnsafeMutablePointer<Float>,
        adding: Bool = false
    ) {
        if !adding { sums.update(repeating: 0, count: columns) }
        for row in 0..<rows {
            let source = matrix + row &* columns
            for column in 0..<columns { sums[column] += source[column] }
        }
    }
}
