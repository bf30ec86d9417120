public import Foundation
internal import Glibc

/// A program that a test starts: no input, its output and errors in files, killed when the test lets go of it.
public final class ChildProcess: @unchecked Sendable {
    /// How a program ended.
    public enum Ending: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    public let identifier: Int32
    private let folder: TemporaryFolder
    private let condition = NSCondition()
    private var ending: Ending?

    /// - Parameter environment: added to the test's own; an empty value takes the variable away.
    public init(
        _ program: URL, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws {
        let folder = try TemporaryFolder()
        let spawning = Spawning()
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.filter { !$0.value.isEmpty }
        let command = try Self.command(program.path, arguments)
        // The thread that starts the program also waits for it, because it is that thread's end which kills the program
        // where the tests crash.
        Thread.detachNewThread {
            spawning.finish(
                spawn(command, variables, output: folder.file("out").path, errors: folder.file("err").path))
            spawning.started.wait()
            spawning.child.wait()
        }
        spawning.spawned.wait()
        self.folder = folder
        identifier = spawning.child.identifier
        spawning.child.child = self
        spawning.started.signal()
        guard identifier > 0 else { throw ChildProcessError(description: "can't start \(program.path)") }
        Self.atExit.add(self)
    }

    deinit {
        condition.lock()
        if ending == nil, identifier > 0 { kill(identifier, SIGKILL) }
        condition.unlock()
    }

    /// The project's own executable, beside the bundle of the tests.
    public static var millrace: URL {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = tests ?? URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return folder.deletingLastPathComponent().appending(path: "millrace")
    }

    public var output: String { text("out") }
    public var errors: String { text("err") }
    public var isRunning: Bool { condition.withLock { ending == nil } }

    /// Sends a signal, unless the program has ended.
    public func send(signal: Int32) {
        condition.lock()
        if ending == nil { kill(identifier, signal) }
        condition.unlock()
    }

    /// Waits for the end.
    /// - Returns: nil where the program still runs after so many seconds.
    public func wait(seconds: Double) -> Ending? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while ending == nil, condition.wait(until: deadline) {}
        return ending
    }

    /// Asks the program to stop, and kills it where it doesn't in time.
    @discardableResult
    public func stop(seconds: Double = 10) -> Ending? {
        send(signal: SIGTERM)
        if let ending = wait(seconds: seconds) { return ending }
        send(signal: SIGKILL)
        return wait(seconds: 10)
    }

    /// Waits until the output or the errors hold the text; false where the program ends or the time is over first.
    public func waitFor(_ text: String, seconds: Double) -> Bool {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while deadline.timeIntervalSinceNow > 0 {
            let running = isRunning
            if output.contains(text) || errors.contains(text) { return true }
            guard running else { return false }
            Thread.sleep(forTimeInterval: 0.02)  // a file's growth can't be awaited
        }
        return false
    }

    /// Reaps and records at once: a signal sent in between could meet another program by the same number.
    fileprivate func reap() {
        var status: Int32 = 0
        condition.lock()
        waitpid(identifier, &status, 0)
        ending = status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
        condition.broadcast()
        condition.unlock()
    }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: folder.file(name))) ?? Data(), as: UTF8.self)
    }

    private static let atExit = RunningChildren()

    /// The program under a guard that kills it when its starter is gone, where the system has that guard.
    private static func command(_ program: String, _ arguments: [String]) throws -> [String] {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw ChildProcessError(description: "\(program) is no program")
        }
        let warden = "/usr/bin/setpriv"
        let guarded = FileManager.default.isExecutableFile(atPath: warden) ? [warden, "--pdeathsig", "KILL", "--"] : []
        return guarded + [program] + arguments
    }
}

public struct ChildProcessError: Error, CustomStringConvertible {
    public var description: String
}

/// What the starting thread and the test's tell each other.
private final class Spawning: @unchecked Sendable {
    let spawned = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    var child = WeakChild(child: nil, identifier: 0)

    func finish(_ identifier: Int32) {
        child.identifier = identifier
        spawned.signal()
    }
}

/// - Returns: the process's number; 0 where it can't be started.
private func spawn(_ command: [String], _ environment: [String: String], output: String, errors: String) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    // The threads of a test's pool block all signals, and a program would inherit that: it could never be stopped.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var argv = command.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var identifier: Int32 = 0
    return posix_spawn(&identifier, command[0], &actions, &attributes, &argv, &envp) == 0 ? identifier : 0
}

/// Waits for the program's end without keeping the test's object alive: letting go of that is what kills it.
private struct WeakChild: @unchecked Sendable {
    weak var child: ChildProcess?
    var identifier: Int32

    func wait() {
        guard identifier > 0 else { return }
        // Only looks: the number stays this program's until it is reaped.
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        if let child { child.reap() } else { waitpid(identifier, nil, 0) }
    }
}

/// Ends, with the tests' own process, what is still running: static objects are never let go of.
private final class RunningChildren: @unchecked Sendable {
    private let lock = NSLock()
    private var children: [WeakChild] = []

    init() { atexit { ChildProcess.killAll() } }

    func add(_ child: ChildProcess) {
        lock.withLock { children.append(WeakChild(child: child, identifier: child.identifier)) }
    }

    func kill() {
        for child in lock.withLock({ children }).compactMap(\.child) {
            child.send(signal: SIGKILL)
            _ = child.wait(seconds: 5)
        }
    }
}

extension ChildProcess {
    fileprivate static func killAll() { atExit.kill() }
}
