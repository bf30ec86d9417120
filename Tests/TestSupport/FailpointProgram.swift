public import Foundation

extension ChildProcess {
    /// The project's executable as it is built for kill tests (`make failpoints`).
    /// - Throws: `MissingFixture` where it isn't there: a kill test without it has shown nothing.
    public static func failpointMillrace() throws -> URL {
        let named = ProcessInfo.processInfo.environment["MILLRACE_FAILPOINT_PROGRAM"].map { URL(filePath: $0) }
        let program = named ?? Fixtures.checkout.appending(path: ".build-failpoints/release/millrace")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw MissingFixture(description: "no \(program.path): build it with `make failpoints`")
        }
        return program
    }
}
