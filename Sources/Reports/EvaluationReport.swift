package import OnlineLearning
internal import Records
package import Settings
package import StreamTasks

/// What one evaluation found, for a page that stands by itself.
///
/// It knows no clock: the same data and settings give the same page, byte for byte.
package struct EvaluationReport: Sendable {
    /// One settings file and how its pipeline fared.
    package struct Run: Sendable {
        /// What it is called on the page; different for each.
        package var name: String
        package var settings: PipelineSettings
        package var counters: TaskCounters
        /// Over the whole stream.
        package var overall: MetricValues
        /// What of it the page's first table has, in its order.
        package var figures: [Figure]
        package var history: RunHistory
        package var alerts: [Alert]
        /// Empty where none are declared.
        package var segments: [NamedSegment]

        package init(
            name: String, settings: PipelineSettings, counters: TaskCounters, overall: MetricValues,
            figures: [Figure], history: RunHistory, alerts: [Alert],
            segments: [NamedSegment] = []
        ) {
            self.name = name
            self.settings = settings
            self.counters = counters
            self.overall = overall
            self.figures = figures
            self.history = history
            self.alerts = alerts
            self.segments = segments
        }
    }

    /// One metric over the whole stream.
    package struct Figure: Sendable {
        package var name: String
        package var value: Double
        /// Where the true value lies with 95 % confidence; nil where nobody can say.
        package var interval: ClosedRange<Double>?

        package init(name: String, value: Double, interval: ClosedRange<Double>? = nil) {
            self.name = name
            self.value = value
            self.interval = interval
        }
    }

    /// A detector has fired.
    package struct Alert: Sendable {
        package var signal: String
        package var detector: String
        /// The record's number in the stream, from 1.
        package var record: Int

        package init(signal: String, detector: String, record: Int) {
            self.signal = signal
            self.detector = detector
            self.record = record
        }
    }

    /// The file, or the topic with its partition and offsets.
    package var source: String
    package var records: Int
    /// One or more, of the same kind of target.
    package var runs: [Run]
    /// Which one is better, in a sentence; nil where there is one alone.
    package var verdict: String?

    package init(source: String, records: Int, runs: [Run], verdict: String?) {
        precondition(!runs.isEmpty, "a report is of one run at least")
        self.source = source
        self.records = records
        self.runs = runs
        self.verdict = verdict
    }

    /// The whole page.
    package func html() -> String {
        var page = Markup()
        page.verbatim("<!doctype html>\n")
        page.element("html", ["lang": "en"]) { html in
            drawHead(into: &html)
            html.element("body") { body in
                body.element("main") { main in
                    SummarySection(report: self).draw(into: &main)
                    for section in sections { section.draw(into: &main) }
                }
            }
        }
        return page.html + "\n"
    }

    var title: String {
        "Evaluation of \(runs.map(\.name).joined(separator: ", ")) on \(source)"
    }

    private func drawHead(into html: inout Markup) {
        html.element("head") { head in
            head.element("meta", ["charset": "utf-8"])
            head.element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
            // The page asks nobody for anything, whatever stands in it.
            head.element(
                "meta",
                [
                    "http-equiv": "Content-Security-Policy",
                    "content": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
                ])
            head.element("meta", ["name": "color-scheme", "content": "light dark"])
            head.element("title", text: title)
            head.element("style") { $0.verbatim(PageStyle.sheet) }
        }
    }

    private var sections: [PageSection] {
        [
            CourseSection(report: self).section, PredictionSection(report: self).section,
            ClassSection(report: self).section,
            SegmentSection(report: self).section,
            FeatureSection(report: self).section, AlertSection(report: self).section,
            SettingsSection(report: self).section,
        ].compactMap(\.self)
    }

    /// The class of a run's colour and dashes.
    static func style(_ index: Int) -> String { "run-\(index % 6 + 1)" }

    /// The meaning of the runs' colours; empty where there is one alone.
    var legend: [LegendEntry] {
        guard runs.count > 1 else { return [] }
        return runs.enumerated().map { LegendEntry(name: $0.element.name, style: "line \(Self.style($0.offset))") }
    }

    /// What stands before a text about one run among several; empty where there is one alone.
    func prefix(_ index: Int) -> String { runs.count > 1 ? "\(runs[index].name): " : "" }

    /// A table's column that says which run a row is about; none where there is one alone.
    var runHeader: [String] { runs.count > 1 ? ["settings"] : [] }
    func runCell(_ index: Int) -> [String] { runs.count > 1 ? [runs[index].name] : [] }

    var target: Target { runs[0].settings.target }
}

/// A part of the page under a heading.
struct PageSection {
    var title: String
    /// What it shows and how it is read.
    var explanation: String
    /// The class of what holds the content.
    var style: String = "plots"
    var content: Markup

    func draw(into page: inout Markup) {
        page.element("section") { section in
            section.element("h2", text: title)
            section.element("p", ["class": "explanation"], text: explanation)
            section.element("div", ["class": style]) { $0.add(content) }
        }
    }
}
