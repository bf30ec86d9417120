internal import Foundation
internal import Synchronization

/// A side that runs in a child process, as the parent sees it.
final class SideProcess: Sendable {
    private struct State {
        var isReady = false
        var hasEnded = false
        var progress: [SideProgress] = []
        var partial = ""
    }

    private let process: Mutex<Process>
    private let state = Mutex(State())
    private let output = Pipe()
    private let directory: URL

    /// Starts it.
    /// - Parameter group: its consumer group; one of its own where none is given.
    init(_ kind: SideKind, setup: BenchSetup, group: String? = nil) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "millrace-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let child = Process()
        child.executableURL = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let properties = setup.properties.merging(["group.id": group ?? "\(setup.name)-\(UUID().uuidString)"]) {
            _, own in own
        }
        child.arguments =
            [
                "bench", "side", "--kind", kind.rawValue, "--name", setup.name, "--partitions",
                String(setup.partitions), "--directory", directory.path, "--outputs", setup.outputsPath,
            ] + properties.sorted { $0.key < $1.key }.flatMap { ["--kafka", "\($0.key)=\($0.value)"] }
        child.standardOutput = output
        try child.run()
        process = Mutex(child)
        Thread.detachNewThread { [self] in read() }
    }

    /// Waits until it has its partitions.
    func waitUntilReady(seconds: Double = 60) throws {
        try wait(seconds: seconds, "have its partitions") { $0.isReady }
    }

    /// Waits until it has consumed so many records.
    func wait(forRecords records: UInt64, seconds: Double) throws {
        try wait(seconds: seconds, "consume \(records) records") { ($0.progress.last?.consumed ?? 0) >= records }
    }

    var progress: [SideProgress] { state.withLock { $0.progress } }
    var consumed: UInt64 { state.withLock { $0.progress.last?.consumed ?? 0 } }
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Lets it stop in good order and waits for that.
    func stop() {
        process.withLock { process in
            process.terminate()
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: directory)
    }

    private func wait(seconds: Double, _ what: String, until isDone: (borrowing State) -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while !state.withLock({ isDone($0) }) {
            guard !hasEnded else { throw CommandError("a side ended before it could \(what); its reason stands above") }
            guard Date() < deadline else { throw CommandError("a side did not \(what) within \(Int(seconds)) s") }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    private func read() {
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            state.withLock { state in
                state.partial += String(decoding: data, as: UTF8.self)
                while let end = state.partial.firstIndex(of: "\n") {
                    let line = state.partial[..<end]
                    if line == "ready" { state.isReady = true }
                    if let progress = SideProgress(line: line) { state.progress.append(progress) }
                    state.partial.removeSubrange(...end)
                }
            }
        }
        state.withLock { $0.hasEnded = true }
    }
}
