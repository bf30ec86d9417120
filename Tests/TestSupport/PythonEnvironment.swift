internal import Foundation

/// The tests' own Python, with the packages of `Tests/requirements.txt`: what others read and write is held against ours.
public enum PythonEnvironment {
    public static var python: String { Fixtures.checkout.appending(path: ".venv/bin/python").path }

    /// Runs a script and gives what it printed.
    /// - Throws: `PythonError` with what it said on stderr, where it doesn't end with 0 in time.
    @discardableResult
    public static func run(script: String, arguments: [String] = [], seconds: Double = 60) throws -> String {
        let folder = try TemporaryFolder()
        let file = try folder.write(script, to: "script.py")
        let child = try ChildProcess(URL(filePath: python), [file] + arguments)
        let ending = child.wait(seconds: seconds)
        guard ending == .exit(0) else {
            throw PythonError(description: "python: \(ending.map { "\($0)" } ?? "no end")\n\(child.errors)")
        }
        return child.output
    }
}

public struct PythonError: Error, CustomStringConvertible {
    public var description: String
}
