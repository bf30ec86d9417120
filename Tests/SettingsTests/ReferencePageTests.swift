import Foundation
import TestSupport
import Testing

import Settings

struct ReferencePageTests {
    @Test func `the page is what the declarations say`() throws {
        let page = Fixtures.checkout.appending(path: "Docs/Configuration.md")
        let found = try String(contentsOf: page, encoding: .utf8)
        let made = ConfigurationPage.markdown
        if found != made {
            let fresh = FileManager.default.temporaryDirectory.appending(path: "Configuration.md")
            try made.write(to: fresh, atomically: true, encoding: .utf8)
            Issue.record("Docs/Configuration.md is stale: put \(fresh.path) in its place")
        }
    }

    @Test func `page and help name every setting`() {
        let page = ConfigurationPage.markdown
        let help = SettingsHelp.text()
        for declaration in Declared.all {
            #expect(page.contains("| `\(declaration.key)` |"))
            #expect(help.contains("  \(declaration.key)  ("))
        }
        for owned in KafkaProperties.owned { #expect(page.contains("| `\(owned.name)` |")) }
    }

    @Test func `the help keeps to the terminal's width`() {
        for line in SettingsHelp.text(width: 72).split(separator: "\n") where line.hasPrefix("      ") {
            #expect(line.count <= 72, "\(line)")
        }
        #expect(SettingsHelp.text(prefix: "commit.").contains("commit.interval  (default 100ms)"))
        #expect(!SettingsHelp.text(prefix: "commit.").contains("workers"))
    }
}
