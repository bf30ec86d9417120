import Foundation
import JSONTree
import TestSupport

/// A headless Chromium, as Debian has it.
enum Browser {
    /// The one that `MILLRACE_TEST_BROWSER` names, else the system's; nil where there is none.
    static let program: String? = {
        let named = ProcessInfo.processInfo.environment["MILLRACE_TEST_BROWSER"]
        return [named, "/usr/bin/chromium", "/usr/bin/google-chrome"].compactMap(\.self)
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Opens a page and gives what is there to see, what the console said, and what was asked for.
    static func look(at page: String) throws -> JSONValue {
        try JSONValue.parse(
            PythonEnvironment.run(script: BrowserScript.look, arguments: [page, program ?? ""], seconds: 60))
    }
}
