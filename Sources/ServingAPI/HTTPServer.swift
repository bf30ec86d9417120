internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Health and metrics over HTTP. It ends on graceful shutdown: open requests are answered, within the deadline.
package struct HTTPServer: Service {
    package let options: ServerOptions
    private let routes: Routes
    private let onListening: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - metrics: The Prometheus page.
    ///   - onListening: Is told the port once connections are accepted.
    package init(
        _ options: ServerOptions, version: String, health: HealthView, metrics: @escaping @Sendable () -> String,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.options = options
        self.onListening = onListening
        routes = Routes(version: version, health: health, metrics: metrics)
    }

    /// - Throws: `ServingError`.
    package func run() async throws {
        let listening = ListeningFlag()
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                let application = application(listening)
                group.addTask { try await application.run() }
                group.addTask { [seconds = options.shutdownSeconds] in
                    try await gracefulShutdown()
                    try await Task.sleep(for: .seconds(seconds))
                }
                // The first end is the server's own, or the deadline's, which takes the server down with it.
                _ = try await group.next()
                group.cancelAll()
            }
        } catch is CancellationError {
            return
        } catch {
            throw listening.value
                ? ServingError.failed(reason: "\(error)")
                : ServingError.cannotListen(host: options.host, port: options.port, reason: "\(error)")
        }
    }

    private func application(_ listening: ListeningFlag) -> some ApplicationProtocol {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: options.headerBytes / 2, maxHeaderListSize: options.headerBytes,
            maxHeaderFieldCount: options.headerFields)
        return Application(
            router: routes.makeRouter(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(Int64(options.idleSeconds)), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
            onServerRunning: { [onListening] channel in
                listening.set()
                onListening(channel.localAddress?.port ?? 0)
            },
            // What is worth a line is told by who starts the server.
            logger: Logger(label: "millrace.http") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Whether the server has come as far as accepting connections.
private final class ListeningFlag: Sendable {
    private let flag = Atomic(false)

    var value: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
