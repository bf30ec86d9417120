internal import Foundation

extension SnapshotDirectory {
    /// Moves all snapshots into a folder of their own beside the others, `superseded-N`, so that none of them is ever
    /// restored again and none is lost. Nothing happens where there are none.
    /// - Throws: what the file system says; what was moved by then stays moved.
    package func setAside() throws {
        let files = entries()
        guard !files.isEmpty else { return }
        let manager = FileManager.default
        var number = 1
        while manager.fileExists(atPath: "\(path)/superseded-\(number)") { number += 1 }
        let folder = URL(filePath: path).appending(path: "superseded-\(number)")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files {
            let source = URL(filePath: file.path)
            try manager.moveItem(at: source, to: folder.appending(path: source.lastPathComponent))
        }
    }
}
