import Foundation
import JSONTree
import ServingAPI
import Synchronization
import Telemetry
import Testing

struct EndpointTests {
    @Test func `the server names itself`() async throws {
        let answer = try await withServer { try HTTPClient.request("/v2", port: $0.port) }
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        let expected: JSONValue = ["name": "millrace", "version": "1.2.3", "extensions": []]
        #expect(try JSONValue.parse(answer.body) == expected)
    }

    @Test(arguments: [true, false], [true, false])
    func `the probes' status codes say what their bodies say`(live: Bool, ready: Bool) async throws {
        let health = HealthView(isLive: { live }, isReady: { ready })
        let answers = try await withServer(health: health) { server in
            try ["live", "ready"].map { try HTTPClient.request("/v2/health/\($0)", port: server.port) }
        }
        #expect(answers.map(\.status) == [live ? 200 : 503, ready ? 200 : 503])
        #expect(try JSONValue.parse(answers[0].body) == ["live": .boolean(live)])
        #expect(try JSONValue.parse(answers[1].body) == ["ready": .boolean(ready)])
    }

    @Test func `the metrics come in Prometheus' text format`() async throws {
        let answer = try await withServer(metrics: { "# HELP x y\nx 1\n" }) {
            try HTTPClient.request("/metrics", port: $0.port)
        }
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(answer.body == "# HELP x y\nx 1\n")
    }

    @Test(arguments: ["/v2", "/v2/health/live", "/v2/health/ready", "/metrics"])
    func `HEAD answers as GET does, without the body`(path: String) async throws {
        let (get, head) = try await withServer { server in
            (
                try HTTPClient.request(path, port: server.port),
                try HTTPClient.request(path, method: "HEAD", port: server.port)
            )
        }
        #expect(head.status == get.status)
        #expect(head.headers["content-type"] == get.headers["content-type"])
        #expect(head.headers["content-length"] == get.headers["content-length"])
        #expect(!get.body.isEmpty)
        #expect(head.body.isEmpty)
    }

    @Test(arguments: [
        "/", "/favicon.ico", "/v1", "/v2/health", "/v2/health/live/x", "/../../etc/passwd", "/v2/../../../etc/passwd",
        "/metrics/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd",
        "/v2/%00", "/metrics%0d%0aX-Evil:1", "/{x}", "/\u{22}quoted\u{22}",
    ])
    func `an unknown path is a 404 that says so in JSON`(path: String) async throws {
        let answer = try await withServer { try HTTPClient.request(path, port: $0.port) }
        #expect(answer.status == 404)
        #expect(answer.headers["x-evil"] == nil)
        let error = try JSONValue.parse(answer.body)["error"]?.stringValue
        #expect(error?.hasPrefix("there is nothing at /") == true)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
    func `another method is refused with those that are allowed`(method: String) async throws {
        let answer = try await withServer { try HTTPClient.request("/v2/health/live", method: method, port: $0.port) }
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == "GET, HEAD")
        #expect(try JSONValue.parse(answer.body)["error"]?.stringValue?.contains(method) == true)
    }

    @Test func `scrapes at the same time as counting see whole batches, and lose none`() async throws {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        let worker = metrics.addWorker()
        let failures = try await withServer(metrics: { metrics.exposition() }) { server in
            let port = server.port
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                guard number > 0 else {
                    var batch = BatchMetrics()
                    for _ in 0..<5_000 {
                        batch.recordsConsumed += 10
                        batch.predictions += 10
                        worker.publish(&batch)
                    }
                    return
                }
                for _ in 0..<20 {
                    let answer = try? HTTPClient.request("/metrics", port: port)
                    let counts = ["records_consumed_total", "predictions_total"].map { name in
                        answer?.body.split(separator: "\n").first { $0.hasPrefix("millrace_\(name) ") }
                            .flatMap { Int($0.split(separator: " ")[1]) }
                    }
                    if answer?.status != 200 || counts.contains(where: { $0.map { $0 % 10 != 0 } ?? true }) {
                        failures.withLock { $0.append("\(answer?.status ?? 0) \(counts)") }
                    }
                }
            }
            return failures.withLock { $0 }
        }
        #expect(failures.isEmpty)
        #expect(metrics.totals.recordsConsumed == 50_000)
    }
}
