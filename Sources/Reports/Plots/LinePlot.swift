/// Curves over one axis, with bands around them and marks where something happened.
struct LinePlot {
    struct Curve {
        var name: String
        /// The class of its colour and dashes.
        var style: String
        /// Nil where there is nothing to draw: the line has a gap there.
        var points: [PlotPoint?]
        /// Below and above each point; empty where there is no band.
        var band: [ClosedRange<Double>?] = []
        /// What a pointer that rests on a point is told; empty for nothing.
        var hints: [String] = []
        /// The points alone are drawn as dots joined by a thin line.
        var hasDots = false
    }

    var area: PlotArea
    var curves: [Curve]

    func draw(into svg: inout Markup) {
        for curve in curves where !curve.band.isEmpty { drawBand(curve, into: &svg) }
        for curve in curves { drawLine(curve, into: &svg) }
    }

    private func drawBand(_ curve: Curve, into svg: inout Markup) {
        for stretch in stretches(curve.points.indices.map { curve.points[$0] != nil && curve.band[$0] != nil }) {
            let upper = stretch.compactMap { index in
                curve.points[index].map { PlotPoint(x: $0.x, y: curve.band[index]?.upperBound ?? $0.y) }
            }
            let lower = stretch.reversed().compactMap { index in
                curve.points[index].map { PlotPoint(x: $0.x, y: curve.band[index]?.lowerBound ?? $0.y) }
            }
            svg.element(
                "polygon",
                ["class": "band \(curve.style)", "points": (upper + lower).map(area.point).joined(separator: " ")])
        }
    }

    private func drawLine(_ curve: Curve, into svg: inout Markup) {
        for stretch in stretches(curve.points.map { $0 != nil }) {
            let points = stretch.compactMap { curve.points[$0] }
            if points.count > 1 {
                svg.element(
                    "polyline",
                    [
                        "class": "line \(curve.style)",
                        "points": points.map(area.point).joined(separator: " "),
                    ])
            }
            for index in stretch {
                guard let point = curve.points[index] else { continue }
                if curve.hasDots || points.count == 1 { drawDot(at: point, "dot \(curve.style)", 3, nil, into: &svg) }
                if index < curve.hints.count { drawDot(at: point, "hint", 5, curve.hints[index], into: &svg) }
            }
        }
    }

    private func drawDot(
        at point: PlotPoint, _ style: String, _ radius: Int, _ hint: String?, into svg: inout Markup
    ) {
        let attributes: Markup.Attributes = [
            "class": style, "cx": NumberText.coordinate(area.across(point.x)),
            "cy": NumberText.coordinate(area.down(point.y)), "r": String(radius),
        ]
        guard let hint else { return svg.element("circle", attributes) }
        svg.element("circle", attributes) { $0.element("title", text: hint) }
    }

    /// Places in a row at which there is something.
    private func stretches(_ present: [Bool]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start: Int?
        for (index, isPresent) in present.enumerated() {
            if isPresent, start == nil { start = index }
            if !isPresent, let first = start {
                stretches.append(first..<index)
                start = nil
            }
        }
        if let start { stretches.append(start..<present.count) }
        return stretches
    }
}
