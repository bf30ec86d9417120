/// One plot on the page: an inline SVG with its words for who can't see it, and its numbers as a table.
struct Picture {
    var title: String
    /// What it shows and how it is read; nil where the section says so.
    var explanation: String?
    /// What there is to see, in a sentence.
    var summary: String
    var width: Double
    var height: Double
    var table: PlotTable
    /// What the colours mean; empty where there is only one.
    var legend: [LegendEntry] = []
    var body: Markup

    /// The widths of one column and of a small picture among many.
    static let column = 480.0
    static let small = 300.0

    func draw(into page: inout Markup) {
        page.element("figure", ["class": width < Self.column ? "small" : "plot"]) { figure in
            figure.element("figcaption") { caption in
                caption.element(width < Self.column ? "h4" : "h3", text: title)
                if !legend.isEmpty { LegendEntry.draw(legend, into: &caption) }
            }
            if let explanation { figure.element("p", ["class": "note"], text: explanation) }
            figure.element(
                "svg",
                [
                    "role": "img", "viewBox": "0 0 \(NumberText.coordinate(width)) \(NumberText.coordinate(height))",
                    "aria-label": "\(title). \(summary)",
                ]
            ) { $0.add(body) }
            figure.element("p", ["class": "summary"], text: summary)
            table.draw(into: &figure, title: title)
        }
    }
}

/// The numbers of a plot.
struct PlotTable {
    var header: [String]
    var rows: [[String]]

    func draw(into page: inout Markup, title: String) {
        page.element("details") { details in
            details.element("summary") { summary in
                summary.text("Numbers")
                summary.element("span", ["class": "unseen"], text: " of: \(title)")
            }
            details.element("div", ["class": "scroll"]) { scroll in
                scroll.element("table") { drawRows(into: &$0) }
            }
        }
    }

    /// The rows alone; the first cell of each names it.
    func drawRows(into table: inout Markup) {
        table.element("thead") { head in
            head.element("tr") { row in
                for name in header { row.element("th", ["scope": "col"], text: name) }
            }
        }
        table.element("tbody") { body in
            for cells in rows {
                body.element("tr") { row in
                    for (index, cell) in cells.enumerated() {
                        if index == 0 {
                            row.element("th", ["scope": "row"], text: cell)
                        } else {
                            row.element("td", text: cell)
                        }
                    }
                }
            }
        }
    }
}

/// What one colour of a plot means.
struct LegendEntry {
    var name: String
    var style: String

    static func draw(_ entries: [LegendEntry], into page: inout Markup) {
        page.element("ul", ["class": "legend"]) { list in
            for entry in entries {
                list.element("li") { item in
                    item.element("svg", ["viewBox": "0 0 24 8", "aria-hidden": "true"]) { key in
                        key.element("line", ["class": entry.style, "x1": "1", "x2": "23", "y1": "4", "y2": "4"])
                    }
                    item.text(entry.name)
                }
            }
        }
    }
}
