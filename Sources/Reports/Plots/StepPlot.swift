/// Counts in bins as outlines, each filled down to the axis.
struct StepPlot {
    struct Outline {
        var name: String
        var style: String
        /// One a bin.
        var heights: [Double]
        var hints: [String] = []
    }

    var area: PlotArea
    /// Where bins begin and end: one more than there are bins.
    var edges: [Double]
    var outlines: [Outline]

    func draw(into svg: inout Markup) {
        for outline in outlines {
            var points: [PlotPoint] = [PlotPoint(x: edges[0], y: area.y.low)]
            for (index, height) in outline.heights.enumerated() {
                points.append(PlotPoint(x: edges[index], y: height))
                points.append(PlotPoint(x: edges[index + 1], y: height))
            }
            points.append(PlotPoint(x: edges[edges.count - 1], y: area.y.low))
            svg.element(
                "polygon",
                ["class": "step \(outline.style)", "points": points.map(area.point).joined(separator: " ")])
        }
        for index in 0..<max(edges.count - 1, 0) {
            let hints = outlines.compactMap { index < $0.hints.count ? $0.hints[index] : nil }
            guard !hints.isEmpty else { continue }
            let left = area.across(edges[index])
            svg.element(
                "rect",
                [
                    "class": "hint", "x": NumberText.coordinate(left), "y": NumberText.coordinate(area.top),
                    "width": NumberText.coordinate(area.across(edges[index + 1]) - left),
                    "height": NumberText.coordinate(area.height),
                ]
            ) { $0.element("title", text: hints.joined(separator: "\n")) }
        }
    }
}
