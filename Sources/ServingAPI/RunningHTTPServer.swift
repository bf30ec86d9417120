internal import Dispatch
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// A server for programs whose main thread isn't async: it runs beside them until it is stopped.
///
/// `init` and `stop` block; don't call them from an async function.
package final class RunningHTTPServer: Sendable {
    private enum State {
        case starting
        case listening(port: Int)
        case ended((any Error)?)
    }

    private let state = Mutex(State.starting)
    private let changed = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()
    private let group = Mutex<ServiceGroup?>(nil)
    private let shutdownSeconds: Double

    /// Starts it and waits until it accepts connections.
    /// - Throws: `ServingError` where it can't.
    package init(
        _ options: ServerOptions, version: String, health: HealthView, metrics: @escaping @Sendable () -> String
    ) throws {
        shutdownSeconds = options.shutdownSeconds
        let server = HTTPServer(options, version: version, health: health, metrics: metrics) { [self] port in
            listening(port)
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "millrace.http") { _ in SwiftLogNoOpLogHandler() }))
        self.group.withLock { $0 = group }
        ended.enter()
        Task.detached { [self] in
            do {
                try await group.run()
                end(nil)
            } catch { end(error) }
        }
        changed.wait()
        if case .ended(let error) = state.withLock({ $0 }) {
            throw error ?? ServingError.failed(reason: "it ended at its start")
        }
    }

    /// The port that it listens on; 0 once it has ended.
    package var port: Int {
        if case .listening(let port) = state.withLock({ $0 }) { port } else { 0 }
    }

    /// Answers what is open, takes no more, and waits for the end: no longer than the deadline and a second.
    /// - Returns: whether it ended in that time.
    @discardableResult
    package func stop() -> Bool {
        if let group = group.withLock({ $0 }) { Task { await group.triggerGracefulShutdown() } }
        return ended.wait(timeout: .now() + shutdownSeconds + 1) == .success
    }

    private func listening(_ port: Int) {
        state.withLock { $0 = .listening(port: port) }
        changed.signal()
    }

    private func end(_ error: (any Error)?) {
        state.withLock { $0 = .ended(error) }
        ended.leave()
        changed.signal()
    }
}
