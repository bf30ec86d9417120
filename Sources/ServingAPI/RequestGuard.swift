internal import Hummingbird
internal import JSONTree

/// What a request brings along: the connection it came on.
struct ServingContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let close: @Sendable () -> Void

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        let channel = source.channel
        close = { channel.close(promise: nil) }
    }

    /// Closes the connection whatever the client still sends, once it has had the time to read the answer.
    func closeSoon() {
        Task { [close] in
            try? await Task.sleep(for: .seconds(1))
            close()
        }
    }
}

/// Answers what no route does, in the protocol's form: unknown paths, other methods, bodies that nobody asked for.
struct RequestGuard: RouterMiddleware {
    func handle(
        _ request: Request, context: ServingContext, next: (Request, ServingContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        if Self.hasBody(request) {
            // It isn't read, so a client that sends it drop by drop must not hold the connection.
            context.closeSoon()
            return Response(.contentTooLarge, error: "no body is taken here", headers: [.connection: "close"])
        }
        if Routes.paths.contains(path), request.method != .get, request.method != .head {
            return Response(
                .methodNotAllowed, error: "\(request.method.rawValue) isn't allowed here, GET and HEAD are",
                headers: [.allow: "GET, HEAD"])
        }
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            if error.status == .notFound { return Response(.notFound, error: "there is nothing at \(path)") }
            return Response(error.status, error: error.body ?? error.status.reasonPhrase)
        }
    }

    private static func hasBody(_ request: Request) -> Bool {
        if request.headers[.transferEncoding] != nil { return true }
        return request.headers[.contentLength].map { $0 != "0" } ?? false
    }
}
