extension LayerStack {
    /// The largest value of each window, and the place in the input where it stood: the first of equal ones.
    @inline(__always)
    func poolMaxima(
        _ plan: LayerPlan, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ places: UnsafeMutablePointer<Int32>
    ) {
        // The usual window as a constant, so that its loops are gone.
        if plan.window == 2 {
            poolMaxima(plan, window: 2, input, into: result, places)
        } else {
            poolMaxima(plan, window: plan.window, input, into: result, places)
        }
    }

    @inline(__always)
    private func poolMaxima(
        _ plan: LayerPlan, window: Int, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ places: UnsafeMutablePointer<Int32>
    ) {
        forEachWindow(plan) { target, start in
            var best = Int32(truncatingIfNeeded: start)
            var value = input[start]
            for y in 0..<window {
                for x in 0..<window {
                    // Chosen without a branch: no processor could guess it.
                    let place = start &+ y &* plan.input.width &+ x
                    let isLarger = input[place] > value
                    value = isLarger ? input[place] : value
                    best = isLarger ? Int32(truncatingIfNeeded: place) : best
                }
            }
            result[target] = value
            places[target] = best
        }
    }

    @inline(__always)
    func poolMeans(_ plan: LayerPlan, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        let share = 1 / Float(plan.window * plan.window)
        forEachWindow(plan) { target, start in
            var sum: Float = 0
            for y in 0..<plan.window {
                for x in 0..<plan.window { sum += input[start + y * plan.input.width + x] }
            }
            result[target] = sum * share
        }
    }

    /// A maximum's slope belongs to the value that it was.
    @inline(__always)
    func spreadMaxima(
        _ plan: LayerPlan, _ rows: Int, _ slope: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        target.update(repeating: 0, count: rows * plan.input.count)
        for row in 0..<rows {
            let from = row * plan.output.count
            for index in 0..<plan.output.count {
                target[row * plan.input.count + Int(places[plan.places + from + index])] += slope[from + index]
            }
        }
    }

    /// A mean's slope belongs to all its values alike.
    @inline(__always)
    func spreadMeans(
        _ plan: LayerPlan, _ rows: Int, _ slope: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        target.update(repeating: 0, count: rows * plan.input.count)
        let share = 1 / Float(plan.window * plan.window)
        for row in 0..<rows {
            let rowTarget = target + row * plan.input.count
            let rowSlope = slope + row * plan.output.count
            forEachWindow(plan) { index, start in
                for y in 0..<plan.window {
                    for x in 0..<plan.window { rowTarget[start + y * plan.input.width + x] = rowSlope[index] * share }
                }
            }
        }
    }

    /// Calls with the index of each result and of its window's first value.
    @inline(__always)
    private func forEachWindow(_ plan: LayerPlan, _ body: (_ target: Int, _ start: Int) -> Void) {
        var target = 0
        for channel in 0..<plan.input.channels {
            for y in 0..<plan.output.height {
                let line = (channel * plan.input.height + y * plan.window) * plan.input.width
                for x in 0..<plan.output.width {
                    body(target, line + x * plan.window)
                    target += 1
                }
            }
        }
    }
}
