import LinearAlgebra

/// OpenBLAS with one thread, asked for once however many tests want it: it isn't safe to say so again while others compute.
let oneThread: Void = BLAS.configure()
