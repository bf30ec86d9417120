internal import COpenBLAS

extension BLAS {
    static func gemv(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, _ x: UnsafePointer<Float>,
        _ y: UnsafeMutablePointer<Float>, transposed: Bool, adding: Bool
    ) {
        cblas_sgemv(
            CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), 1, matrix,
            blasint(columns), x, 1, adding ? 1 : 0, y, 1)
    }

    static func gemm(
        _ a: UnsafePointer<Float>, _ transposesA: Bool, _ b: UnsafePointer<Float>, _ transposesB: Bool,
        _ c: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int, adding: Bool
    ) {
        cblas_sgemm(
            CblasRowMajor, transposesA ? CblasTrans : CblasNoTrans, transposesB ? CblasTrans : CblasNoTrans,
            blasint(rows), blasint(columns), blasint(inner), 1, a, blasint(transposesA ? rows : inner), b,
            blasint(transposesB ? inner : columns), adding ? 1 : 0, c, blasint(columns))
    }
}
