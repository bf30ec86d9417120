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
        folder = try TemporaryFolder()
        identifier = try Self.spawn(
            program.path, arguments, environment: environment, output: folder.file("out").path,
            errors: folder.file("err").path)
        Self.atExit.add(self)
        let waiting = WeakChild(child: self, identifier: identifier)
        Thread.detachNewThread { waiting.wait() }
    }

    deinit {
        condition.lock()
        if ending == nil { kill(identifier, SIGKILL) }
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

    private static func spawn(
        _ program: String, _ arguments: [String], environment: [String: String], output: String, errors: String
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.filter { !$0.value.isEmpty }
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var identifier: Int32 = 0
        let code = posix_spawn(&identifier, program, &actions, nil, &argv, &envp)
        guard code == 0 else { throw ChildProcessError(description: "\(program): \(String(cString: strerror(code)))") }
        return identifier
    }
}

public struct ChildProcessError: Error, CustomStringConvertible {
    public var description: String
}

/// Waits for the program's end without keeping the test's object alive: letting go of that is what kills it.
private struct WeakChild: @unchecked Sendable {
    weak var child: ChildProcess?
    var identifier: Int32

    func wait() {
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

    func kill() { for one in lock.withLock({ children }) { one.child?.send(signal: SIGKILL) } }
}

extension ChildProcess {
    fileprivate static func killAll() { atExit.kill() }
}
