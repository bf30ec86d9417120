internal import ArgumentParser
internal import Foundation
internal import JSONTree
internal import Records
internal import Settings
internal import Snapshots
internal import StreamTasks

struct SnapshotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots", abstract: "List, show, verify or export a pipeline's snapshots.",
        discussion: """
            Examples:
              millrace snapshots list --config millrace.yaml
              millrace snapshots show snapshots/electricity/0/00000000000000045312.safetensors
              millrace snapshots show kafka:electricity.snapshots/0/45312 --config millrace.yaml
              millrace snapshots verify --config millrace.yaml
              millrace snapshots export kafka:electricity.snapshots/0/45312 model.safetensors --config millrace.yaml
            """,
        subcommands: [ListSnapshots.self, ShowSnapshot.self, VerifySnapshots.self, ExportSnapshot.self])
}

struct ListSnapshots: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the snapshots, newest first.")

    @OptionGroup var settings: SettingsOptions
    @Flag(name: .long, help: "Print one JSON array.") var json = false

    func run() throws {
        let settings = try settings.load()
        let listings = try SnapshotStores(settings).listings()
        if json { return Output.json(.array(listings.map(\.json))) }
        print("partition     records     learned       bytes  verified  path")
        for listing in listings { print(listing.line) }
    }
}

struct ShowSnapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a snapshot's metadata and tensors.")

    @OptionGroup var source: SnapshotSource
    @Flag(name: .long, help: "Print one JSON object.") var json = false

    func run() throws {
        let snapshot = try source.readSnapshot().snapshot
        if json { return Output.json(snapshot.json) }
        for (name, value) in snapshot.metadata.lines {
            print("\(name.padding(toLength: 18, withPad: " ", startingAt: 0))\(value)")
        }
        print("\ntensor                                element  shape")
        for name in snapshot.state.names {
            guard let tensor = snapshot.state[name] else { continue }
            print(
                "\(name.padding(toLength: 38, withPad: " ", startingAt: 0))\(tensor.element.rawValue)      \(tensor.shape)"
            )
        }
    }
}

struct VerifySnapshots: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every snapshot back; exit 1 where one doesn't verify.")

    @OptionGroup var settings: SettingsOptions

    func run() throws {
        let settings = try settings.load()
        let listings = try SnapshotStores(settings).listings()
        for listing in listings {
            print(
                "\(listing.problem == nil ? "ok     " : "BROKEN ") \(listing.path)\(listing.problem.map { ": \($0)" } ?? "")"
            )
        }
        if listings.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
    }
}
