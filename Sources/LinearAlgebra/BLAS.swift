internal import COpenBLAS

/// OpenBLAS as the whole process uses it.
public enum BLAS {
    /// Makes OpenBLAS use one thread, so that a sum is always added up in the same order.
    ///
    /// Call it once, before any other thread exists. Cost: a few nanoseconds.
    public static func configure() { openblas_set_num_threads(1) }

    /// The processor type whose kernels OpenBLAS chose when it was loaded, such as `Haswell`.
    ///
    /// Another core may round differently, so a snapshot keeps this name. Allocates the string.
    public static var coreName: String {
        guard let name = openblas_get_corename() else { return "unknown" }
        return String(cString: name)
    }

    static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
        cblas_sdot(blasint(count), a, 1, b, 1)
    }

    static func axpy(_ factor: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, count: Int) {
        cblas_saxpy(blasint(count), factor, x, 1, y, 1)
    }
}
