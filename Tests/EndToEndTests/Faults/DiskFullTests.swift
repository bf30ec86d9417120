import Foundation
import TestSupport
import Testing

/// A disk without room for snapshots: a small file system in memory, which only the process and its shell see.
@Suite(.serialized) struct DiskFullTests {
    /// Mounts it, runs the program, makes room when asked to, and keeps what was written.
    /// Arguments: the snapshots' folder, the file that asks for room, a folder to keep them in, the program and its arguments.
    private static let script = """
        folder=$1; room=$2; kept=$3; shift 3
        mkdir -p "$folder" "$kept" && mount -t tmpfs -o size=8k none "$folder" || exit 99
        (while [ ! -e "$room" ]; do sleep 0.05; done; mount -o remount,size=64m "$folder") &
        "$@" &
        program=$!
        trap 'kill -TERM $program' TERM
        wait $program; status=$?
        [ $status -gt 128 ] && { wait $program; status=$?; }
        cp -a "$folder/." "$kept"
        exit $status
        """

    @Test(
        .enabled(if: canMount, "no namespace to mount a small file system in"), arguments: DeliveryCheck.Promise.all)
    func `on a full disk a stream goes on and says so, leaves no half file, and snapshots again once there is room`(
        promise: DeliveryCheck.Promise
    ) throws {
        let trial = try DeliveryTrial(promise)
        let pipeline = trial.pipeline
        let (room, kept) = (pipeline.folder.file("room").path, pipeline.folder.file("kept").path)
        let process = try ChildProcess(
            URL(filePath: "/usr/bin/unshare"),
            [
                "--mount", "--map-root-user", "--", "/bin/sh", "-c", Self.script, "sh", pipeline.snapshots, room, kept,
                ChildProcess.millrace.path, "run", "--config", pipeline.folder.file("millrace.yaml").path,
            ])
        try trial.feed(400)
        try pipeline.waitForPredictions(atLeast: 390, process: process)
        #expect(process.errors.contains("snapshot not written; the stream goes on"), "\(process.errors)")
        #expect(process.errors.contains("No space left on device"), "\(process.errors)")
        let inside = URL(filePath: "/proc/\(process.identifier)/root\(pipeline.snapshots)")
        #expect(Self.files(in: inside).filter { $0.hasSuffix(".safetensors") } == [], "no file that isn't whole")

        try pipeline.folder.write("", to: "room")
        let deadline = Date(timeIntervalSinceNow: 60)
        while Self.files(in: inside).isEmpty, deadline.timeIntervalSinceNow > 0 {
            try trial.feed(40)
            Thread.sleep(forTimeInterval: 0.1)
        }
        #expect(!Self.files(in: inside).isEmpty, "snapshots are written again: \(process.errors)")
        process.send(signal: SIGTERM)
        #expect(process.wait(seconds: 60) == .exit(0), "\(process.errors)")
        try FileManager.default.removeItem(atPath: pipeline.snapshots)
        try FileManager.default.moveItem(atPath: kept, toPath: pipeline.snapshots)
        #expect(Self.files(in: URL(filePath: pipeline.snapshots)).allSatisfy { $0.hasSuffix(".safetensors") })
        try trial.expectKept()
    }

    /// All files below a folder, by name.
    private static func files(in folder: URL) -> [String] {
        let names = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        return (names?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }.map(\.lastPathComponent)
    }
}

/// Mounting needs a namespace of one's own, which not every container gives.
private let canMount: Bool = {
    let probe = try? ChildProcess(
        URL(filePath: "/usr/bin/unshare"), ["--mount", "--map-root-user", "--", "mount", "-t", "tmpfs", "none", "/tmp"])
    return probe?.wait(seconds: 10) == .exit(0)
}()
