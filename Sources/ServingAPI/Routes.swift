internal import Hummingbird
internal import JSONTree
internal import Telemetry

/// The paths of the Open Inference Protocol V2 that tell of the server itself, and the metrics.
struct Routes {
    let version: String
    let health: HealthView
    let metrics: @Sendable () -> String

    /// Paths that are read only.
    static let paths: Set<String> = ["/v2", "/v2/health/live", "/v2/health/ready", "/metrics"]

    func makeRouter() -> Router<ServingContext> {
        let router = Router(context: ServingContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestGuard())
        router.get("/v2") { [version] _, _ in
            Response(.ok, json: ["name": "millrace", "version": .string(version), "extensions": []])
        }
        router.get("/v2/health/live") { [health] _, _ in Self.probe("live", health.isLive()) }
        router.get("/v2/health/ready") { [health] _, _ in Self.probe("ready", health.isReady()) }
        router.get("/metrics") { [metrics] _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics())))
        }
        return router
    }

    private static func probe(_ name: String, _ holds: Bool) -> Response {
        Response(holds ? .ok : .serviceUnavailable, json: [name: .boolean(holds)], headers: [.cacheControl: "no-store"])
    }
}
