public import Foundation
internal import Glibc
internal import Synchronization

/// A folder for one test, removed with all that is in it when nobody holds it any more.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "millrace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        Self.removeAtExit.add(url)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
        Self.removeAtExit.remove(url)
    }

    private static let removeAtExit = ExistingFolders()

    public var path: String { url.path }

    public func file(_ name: String) -> URL { url.appending(path: name) }

    /// Writes a file and gives its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: file(name))
        return file(name).path
    }
}

/// Folders of objects that live as long as the tests' process: nobody lets go of those.
private final class ExistingFolders: Sendable {
    private let folders = Mutex<Set<URL>>([])

    init() { atexit { TemporaryFolder.removeAll() } }

    func add(_ folder: URL) { folders.withLock { _ = $0.insert(folder) } }
    func remove(_ folder: URL) { folders.withLock { _ = $0.remove(folder) } }
    func removeAll() { for folder in folders.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) } }
}

extension TemporaryFolder {
    fileprivate static func removeAll() { removeAtExit.removeAll() }
}
