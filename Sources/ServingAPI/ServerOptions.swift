/// Where the server listens, and how much of a client it bears.
package struct ServerOptions: Sendable {
    package var host: String
    /// 0 takes any free port; the server tells which.
    package var port: Int
    /// All headers of one request, in bytes; one field may be half as long.
    package var headerBytes = 16 * 1024
    package var headerFields = 100
    /// Connections beyond so many wait in the system's queue.
    package var connections = 256
    /// A connection that sends no whole request head for so long is closed.
    package var idleSeconds = 10
    /// How long open requests have at shutdown.
    package var shutdownSeconds = 5.0

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

/// Why nothing is served.
package enum ServingError: Error, CustomStringConvertible {
    case cannotListen(host: String, port: Int, reason: String)
    case failed(reason: String)

    package var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "http.listen: can't listen on \(host):\(port): \(reason)"
        case .failed(let reason): "the HTTP server failed: \(reason)"
        }
    }
}
