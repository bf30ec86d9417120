/// A rectangle within a picture and the axes along it.
struct PlotArea {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var x: Axis
    var y: Axis

    var right: Double { left + width }
    var bottom: Double { top + height }

    func across(_ value: Double) -> Double { left + width * x.place(value) }
    func down(_ value: Double) -> Double { bottom - height * y.place(value) }

    func point(_ value: PlotPoint) -> String {
        "\(NumberText.coordinate(across(value.x))),\(NumberText.coordinate(down(value.y)))"
    }

    /// Lines at the ticks of the vertical axis, and both axes with their numbers and names.
    /// - Parameter names: nil where another area beside this one has them.
    func drawAxes(into svg: inout Markup, xName: String?, yName: String?) {
        for tick in y.ticks {
            let down = NumberText.coordinate(down(tick))
            svg.element(
                "line",
                [
                    "class": "grid", "x1": NumberText.coordinate(left), "x2": NumberText.coordinate(right), "y1": down,
                    "y2": down,
                ])
            svg.element(
                "text",
                [
                    "class": "tick", "x": NumberText.coordinate(left - 6), "y": down, "dy": ".32em",
                    "text-anchor": "end",
                ], text: y.label(tick))
        }
        svg.element(
            "line",
            [
                "class": "axis", "x1": NumberText.coordinate(left), "x2": NumberText.coordinate(right),
                "y1": NumberText.coordinate(bottom), "y2": NumberText.coordinate(bottom),
            ])
        if let yName {
            svg.element(
                "text", ["class": "name", "x": "4", "y": NumberText.coordinate(top - 10)], text: yName.shortened(to: 40)
            )
        }
        guard let xName else { return }
        for tick in x.ticks {
            let across = NumberText.coordinate(across(tick))
            svg.element(
                "line",
                [
                    "class": "axis", "x1": across, "x2": across, "y1": NumberText.coordinate(bottom),
                    "y2": NumberText.coordinate(bottom + 4),
                ])
            svg.element(
                "text",
                [
                    "class": "tick", "x": across, "y": NumberText.coordinate(bottom + 8), "dy": ".8em",
                    "text-anchor": anchor(tick),
                ], text: x.label(tick))
        }
        svg.element(
            "text",
            [
                "class": "name", "x": NumberText.coordinate(right), "y": NumberText.coordinate(bottom + 36),
                "text-anchor": "end",
            ], text: xName.shortened(to: 40))
    }

    /// Where both axes have the same value.
    func drawDiagonal(into svg: inout Markup) {
        let low = max(x.low, y.low)
        let high = min(x.high, y.high)
        guard low < high else { return }
        svg.element(
            "line",
            [
                "class": "diagonal", "x1": NumberText.coordinate(across(low)), "y1": NumberText.coordinate(down(low)),
                "x2": NumberText.coordinate(across(high)), "y2": NumberText.coordinate(down(high)),
            ])
    }

    /// A number at the right edge stands before it.
    private func anchor(_ tick: Double) -> String { x.place(tick) > 0.96 ? "end" : "middle" }
}

struct PlotPoint: Equatable {
    var x: Double
    var y: Double
}
