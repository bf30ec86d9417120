/// When something happened: a row for each kind with a mark at each time, under a plot that it shares the horizontal axis with.
struct EventStrip {
    struct Row {
        var name: String
        /// Where, the class of the mark's colour, and which of the lanes it stands in, so that none hides another.
        var marks: [(at: Double, style: String, lane: Int)]
    }

    /// More lines than these through the plot would hide it.
    private static let mostLines = 40
    /// More rows than these would make the plot itself small.
    static let mostRows = 8

    var rows: [Row]
    var top: Double
    var lanes = 1

    private var laneHeight: Double { lanes > 1 ? 6 : 10 }
    /// A name and the lanes under it.
    private var rowHeight: Double { 21 + laneHeight * Double(lanes) }

    var height: Double { rowHeight * Double(rows.count) }

    /// - Parameter area: the plot above, through which a faint line goes for each mark.
    func draw(under area: PlotArea, into svg: inout Markup) {
        let hasLines = rows.reduce(0) { $0 + $1.marks.count } <= Self.mostLines
        for (index, row) in rows.enumerated() {
            let top = top + rowHeight * Double(index)
            svg.element(
                "text",
                [
                    "class": "event-name", "x": NumberText.coordinate(area.left), "y": NumberText.coordinate(top + 10),
                ],
                text: "\(row.name.shortened(to: Int(area.width / 9.5))) (\(NumberText.count(row.marks.count)))")
            let base = top + rowHeight - 2
            svg.element(
                "line",
                [
                    "class": "grid", "x1": NumberText.coordinate(area.left), "x2": NumberText.coordinate(area.right),
                    "y1": NumberText.coordinate(base), "y2": NumberText.coordinate(base),
                ])
            for mark in row.marks {
                let across = NumberText.coordinate(area.across(mark.at))
                let foot = base - laneHeight * Double(lanes - 1 - mark.lane)
                if hasLines {
                    svg.element(
                        "line",
                        [
                            "class": "event-line \(mark.style)", "x1": across, "x2": across,
                            "y1": NumberText.coordinate(area.top), "y2": NumberText.coordinate(area.bottom),
                        ])
                }
                svg.element(
                    "line",
                    [
                        "class": "event \(mark.style)", "x1": across, "x2": across,
                        "y1": NumberText.coordinate(foot - laneHeight + 1), "y2": NumberText.coordinate(foot),
                    ]
                ) { $0.element("title", text: "\(row.name) at record \(NumberText.count(Int(mark.at)))") }
            }
        }
    }
}
