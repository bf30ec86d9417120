public import Foundation

/// Files that tests read: those of the project, or where the environment names a folder, those in it.
public enum Fixtures {
    /// The top folder of the checkout.
    public static let checkout = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All vector files whose names start with `kind_`, in order of name: those of the folder named by
    /// `MILLRACE_VECTORS`, else the project's own.
    public static func vectors(_ kind: String) throws -> [URL] {
        let named = ProcessInfo.processInfo.environment["MILLRACE_VECTORS"].map { URL(filePath: $0) }
        let folder = named ?? checkout.appending(path: "Tests/Fixtures/vectors")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix(kind + "_") && $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !files.isEmpty else { throw MissingFixture(description: "no \(kind)_*.json in \(folder.path)") }
        return files
    }

    public static func data(_ name: String) -> URL {
        name == "electricity.csv.gz"
            ? checkout.appending(path: "Sources/millrace/Resources/\(name)")
            : checkout.appending(path: "Tests/Fixtures/data/\(name)")
    }
}

public struct MissingFixture: Error, CustomStringConvertible {
    public var description: String
}
