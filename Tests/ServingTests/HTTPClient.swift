import Foundation
import Glibc
import ServingAPI
import Telemetry

/// A client over a plain socket, so that a test decides about every byte.
final class HTTPClient {
    struct Answer: Equatable {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    private let socket: Int32

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var wait = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    deinit { close(socket) }

    /// - Returns: false where the server has closed the connection.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// What comes until the server closes, or has sent `end`.
    func read(until end: String? = nil) -> String {
        var all = ""
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &piece, piece.count, 0), count > 0 {
            all += String(decoding: piece[..<count], as: UTF8.self)
            if let end, all.hasSuffix(end) { break }
        }
        return all
    }

    /// One request on a connection of its own.
    static func request(
        _ path: String, method: String = "GET", port: Int, headers: [String] = []
    ) throws -> Answer {
        let client = try HTTPClient(port: port)
        let head = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        client.send(head.joined(separator: "\r\n") + "\r\n\r\n")
        return parse(client.read())
    }

    static func parse(_ text: String) -> Answer {
        let parts = text.components(separatedBy: "\r\n\r\n")
        let lines = parts[0].components(separatedBy: "\r\n")
        let pairs = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        return Answer(
            status: Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0,
            headers: Dictionary(pairs) { $1 }, body: parts.dropFirst().joined(separator: "\r\n\r\n"))
    }
}

/// Runs what blocks on a thread of its own: the server needs the threads of the pool.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// Runs `body` on a thread of its own, beside a server on a free port.
func withServer<Value: Sendable>(
    health: HealthView = HealthView(isLive: { true }, isReady: { true }),
    metrics: @escaping @Sendable () -> String = { StreamMetrics(build: BuildInformation([:])).exposition() },
    options change: @escaping @Sendable (inout ServerOptions) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningHTTPServer) throws -> Value
) async throws -> Value {
    try await blocking {
        var options = ServerOptions(host: "127.0.0.1", port: 0)
        change(&options)
        let server = try RunningHTTPServer(options, version: "1.2.3", health: health, metrics: metrics)
        defer { server.stop() }
        return try body(server)
    }
}
