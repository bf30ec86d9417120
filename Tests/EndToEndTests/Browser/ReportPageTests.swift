import Foundation
import JSONTree
import TestSupport
import Testing

/// The page of `evaluate --report` in a real browser.
@Suite struct ReportPageTests {
    /// A feature, a class and a file whose names would be markup.
    private func settings(_ folder: TemporaryFolder, model: String, to file: String) throws -> String {
        try folder.write(
            """
            pipeline: electricity
            kafka: {bootstrap.servers: "127.0.0.1:1"}
            features:
              - {name: "</svg><script>document.title = 'taken'</script>", path: /features/nswprice}
              - {name: "<img src=http://127.0.0.1:9/x onerror=alert(1)>", path: /features/nswdemand}
              - {name: vicdemand}
            target: {kind: binary, classes: [DOWN, UP]}
            model: \(model)
            drift:
              - {watch: loss, detector: adwin}
              - {watch: feature, detector: page-hinkley, features: ["</svg><script>document.title = 'taken'</script>"]}
            """, to: file)
    }

    @Test(.enabled(if: Browser.program != nil, "no Chromium: install it, or name one in MILLRACE_TEST_BROWSER"))
    func `the page draws all its plots, asks nobody for anything, and fits wide, narrow, light and dark`() throws {
        let folder = try TemporaryFolder()
        let page = folder.file("report.html").path
        let evaluated = try ChildProcess(
            ChildProcess.millrace,
            [
                "evaluate", Fixtures.data("electricity.csv.gz").path, "--label", "class", "--report", page,
                "--config", settings(folder, model: "{kind: logistic}", to: "first.yaml"),
                "--config", settings(folder, model: "{kind: hoeffding-tree}", to: "<b>second.yaml"),
            ])
        #expect(evaluated.wait(seconds: 60) == .exit(0), "\(evaluated.errors)")

        let found = try Browser.look(at: page)
        #expect(found["said"]?.arrayValue?.isEmpty == true, "\(found["said"]?.text ?? "")")
        #expect(found["requests"]?.arrayValue?.map(\.stringValue) == ["file://\(page)"])
        let views = try ["wide", "narrow", "dark"].map { name in try #require(found["views"]?[name]) }
        for view in views {
            let plots = try #require(view["drawn"]?.arrayValue)
            // Accuracy, loss, calibration, scores of either, three features.
            #expect(plots.count == 8)
            for plot in plots {
                let label = plot["label"]?.stringValue ?? ""
                #expect(label.count > 20, "\(label)")
                #expect(plot["width"]?.doubleValue ?? 0 > 200 && plot["height"]?.doubleValue ?? 0 > 100, "\(label)")
                #expect(plot["curveWidth"]?.doubleValue ?? 0 > 100, "\(label)")
                #expect(plot["shapes"]?.integerValue ?? 0 > 10, "\(label)")
                #expect(plot["outside"]?.arrayValue?.isEmpty == true, "\(label): \(plot["outside"]?.text ?? "")")
            }
            #expect(view["invalid"] == 0)
            #expect(view["scripts"] == 0)
            #expect(try #require(view["overflow"]?.doubleValue) <= 0, "the page is as wide as the window")
            // One for each plot, and the summary's two, the classes' two, alerts and settings.
            #expect(view["tables"] == 14)
            let text = try #require(view["text"]?.stringValue)
            #expect(text.contains("<b>second") && text.contains("<img src=http://127.0.0.1:9/x onerror=alert(1)>"))
            #expect(text.contains("first is better than <b>second in log loss by"))
        }
        #expect(views[0]["ground"] == views[1]["ground"] && views[0]["ground"] != views[2]["ground"])
        #expect(views[0]["ink"] != views[2]["ink"])
    }

    @Test func `the same run gives the same page`() throws {
        let folder = try TemporaryFolder()
        let config = try settings(folder, model: "{kind: logistic}", to: "millrace.yaml")
        let pages = try ["one.html", "two.html"].map { name in
            let evaluated = try ChildProcess(
                ChildProcess.millrace,
                [
                    "evaluate", Fixtures.data("electricity.csv.gz").path, "--label", "class", "--config", config,
                    "--report", folder.file(name).path,
                ])
            #expect(evaluated.wait(seconds: 60) == .exit(0), "\(evaluated.errors)")
            return try Data(contentsOf: folder.file(name))
        }
        #expect(pages[0] == pages[1] && pages[0].count > 10_000)
    }
}
