internal import Foundation
internal import Glibc

/// A Kafka broker outside the tests' process: noida-db from the tests' Python environment, with its data in a folder of
/// its own; or, where `MILLRACE_TEST_BROKERS` names one, any Kafka that runs already.
public final class ExternalBroker: @unchecked Sendable {
    public let bootstrapServers: String
    private let port: UInt16
    private let data: TemporaryFolder?
    private var server: ChildProcess?

    /// One for all tests that don't stop it. It ends with the tests' process.
    public static let shared = Result { try ExternalBroker() }

    /// Whether this is the developer's own broker, which can't be killed and keeps what it is given.
    public var isForeign: Bool { data == nil }

    public init() throws {
        if let named = ProcessInfo.processInfo.environment["MILLRACE_TEST_BROKERS"], !named.isEmpty {
            (bootstrapServers, port, data) = (named, 0, nil)
            return
        }
        port = try Self.freePort()
        bootstrapServers = "127.0.0.1:\(port)"
        data = try TemporaryFolder()
        try start()
    }

    deinit { server?.stop() }

    /// Starts it again, with the data that it had.
    public func start() throws {
        guard let data else { return }
        let server = try ChildProcess(
            try Self.program(),
            [
                "start", "--only", "kafka", "--kafka-port", String(port), "--host", "127.0.0.1", "--data-dir",
                data.path,
            ])
        let deadline = Date(timeIntervalSinceNow: 30)
        while !Self.answers(port) {
            guard server.isRunning, deadline.timeIntervalSinceNow > 0 else {
                throw ChildProcessError(description: "noida-db doesn't answer: \(server.output)\(server.errors)")
            }
            Thread.sleep(forTimeInterval: 0.02)  // nothing to wait on before it listens
        }
        self.server = server
    }

    /// Stops it in good order; its data stay for the next start.
    public func stop() {
        server?.stop()
        server = nil
    }

    /// Kills it. What it got in the last half second may be gone.
    public func kill() {
        server?.send(signal: SIGKILL)
        _ = server?.wait(seconds: 10)
        server = nil
    }

    /// The program itself: the script beside Python's starts it as a child, which then outlives the script.
    private static func program() throws -> URL {
        let libraries = Fixtures.checkout.appending(path: ".venv/lib")
        let folders = try FileManager.default.contentsOfDirectory(at: libraries, includingPropertiesForKeys: nil)
        let candidates = folders.map { $0.appending(path: "site-packages/noida_db/noida-db") }
        guard let program = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw MissingFixture(description: "no noida-db in \(libraries.path): install Tests/requirements.txt")
        }
        // Its package forgets to.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        return program
    }

    private static func answers(_ port: UInt16) -> Bool {
        withSocket(port) { connect($0, $1, $2) == 0 }
    }

    private static func freePort() throws -> UInt16 {
        var chosen: UInt16 = 0
        let found = withSocket(0) { socket, address, size in
            var size = size
            guard bind(socket, address, size) == 0 else { return false }
            var own = sockaddr_in()
            return withUnsafeMutableBytes(of: &own) { bytes in
                let got = getsockname(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
                chosen = bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian
                return got == 0
            }
        }
        guard found else { throw ChildProcessError(description: "no free port") }
        return chosen
    }

    /// A TCP socket and the address of the port on this machine.
    private static func withSocket(
        _ port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafeBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress else { return false }
            return body(socket, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }
}
