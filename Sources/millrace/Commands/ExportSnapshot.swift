internal import ArgumentParser
internal import Foundation
internal import Settings
internal import Snapshots
internal import StreamTasks

struct ExportSnapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a snapshot as a safetensors file, wherever it is kept.",
        discussion: """
            The file is verified first. Python opens it with safetensors.numpy.load_file.

            Examples:
              millrace snapshots export kafka:electricity.snapshots/0/45312 model.safetensors --config millrace.yaml
            """)

    @OptionGroup var source: SnapshotSource
    @Argument(help: "The file to write; one that exists is left alone.") var file: String

    func run() throws {
        let bytes = try source.readSnapshot().file
        try Data(bytes).write(to: URL(filePath: file), options: .withoutOverwriting)
        print("\(file): \(bytes.count.grouped) bytes")
    }
}

/// The one snapshot that a command is about.
struct SnapshotSource: ParsableArguments {
    @Argument(help: "The snapshot: a file, or kafka:TOPIC/PARTITION/RECORDS with the settings of how to reach Kafka.")
    var path: String
    @OptionGroup var settings: SettingsOptions

    /// Reads and verifies it, whatever a file's name is.
    func readSnapshot() throws -> (snapshot: Snapshot, file: [UInt8]) {
        let file = try readFile()
        do throws(SnapshotError) {
            return (try SnapshotFormat.decode(file), file)
        } catch {
            throw SnapshotError(error.problem, path: path)
        }
    }

    private func readFile() throws -> [UInt8] {
        guard path.hasPrefix(SnapshotPlace.scheme) else { return try SnapshotFormat.contents(path) }
        guard let place = SnapshotPlace(path) else {
            throw CommandError("\(path) isn't a place in a topic; write kafka:TOPIC/PARTITION/RECORDS")
        }
        return try SnapshotStores(settings.load(), topic: place.topic).file(place)
    }
}
