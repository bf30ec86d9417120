extension LayerStack {
    /// The generator of one record's dropout: it follows from the seed and the record's number, so that a replay leaves out
    /// the same values and there is no state to keep.
    @inline(__always)
    func dropoutGenerator(record number: UInt64) -> SeededGenerator? {
        guard dropsOut else { return nil }
        var mixer = SeededGenerator(seed: seed ^ number)
        return SeededGenerator(seed: mixer.next())
    }

    /// Keeps each value with probability 1 - rate, enlarged so that the mean stays.
    /// - Source: Srivastava et al., JMLR 15 (2014), in the form that leaves predictions as they are.
    @inline(__always)
    func dropOut(
        _ plan: LayerPlan, row: Int, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ generator: inout SeededGenerator?
    ) {
        let mask = scratch.base + plan.scratch + row * plan.output.count
        let kept = 1 / (1 - plan.rate)
        for index in 0..<plan.output.count {
            let isKept = (generator?.uniform() ?? 1) >= Double(plan.rate)
            mask[index] = generator == nil ? 1 : isKept ? kept : 0
            result[index] = input[index] * mask[index]
        }
    }
}
