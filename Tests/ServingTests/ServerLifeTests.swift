import Foundation
import ServingAPI
import Testing

struct ServerLifeTests {
    @Test func `a port that is taken is an error that names it`() async throws {
        try await withServer { server in
            let error = #expect(throws: ServingError.self) {
                _ = try RunningHTTPServer(
                    ServerOptions(host: "127.0.0.1", port: server.port), version: "1",
                    health: HealthView(isLive: { true }, isReady: { true }), metrics: { "" })
            }
            let text = error?.description ?? ""
            #expect(text.contains("127.0.0.1:\(server.port)") && text.contains("in use"), "\(text)")
        }
    }

    @Test func `an address of another machine is an error that names it`() async throws {
        try await blocking {
            let error = #expect(throws: ServingError.self) {
                _ = try RunningHTTPServer(
                    ServerOptions(host: "192.0.2.1", port: 0), version: "1",
                    health: HealthView(isLive: { true }, isReady: { true }), metrics: { "" })
            }
            #expect(error?.description.contains("192.0.2.1") == true)
        }
    }

    @Test func `a stop ends idle connections and takes no more`() async throws {
        try await withServer { server in
            let port = server.port
            let idle = try HTTPClient(port: port)
            idle.send("GET /v2 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(idle.read(until: "}").hasPrefix("HTTP/1.1 200 OK"))
            #expect(server.stop())
            #expect(idle.read() == "")
            #expect(throws: POSIXError.self) { try HTTPClient(port: port) }
        }
    }

    @Test func `a client in the middle of a request can't hold up the stop beyond the deadline`() async throws {
        try await withServer(options: {
            $0.shutdownSeconds = 1
            $0.idleSeconds = 600
        }) { server in
            let stuck = try HTTPClient(port: server.port)
            stuck.send("GET /v2 HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            _ = try HTTPClient.request("/v2", port: server.port)
            #expect(server.stop())
            #expect(server.port == 0)
        }
    }

    @Test func `a server that was stopped can be started again on its port`() async throws {
        try await withServer { first in
            let port = first.port
            #expect(first.stop())
            let second = try RunningHTTPServer(
                ServerOptions(host: "127.0.0.1", port: port), version: "2",
                health: HealthView(isLive: { true }, isReady: { true }), metrics: { "" })
            defer { second.stop() }
            #expect(second.port == port)
            #expect(try HTTPClient.request("/v2", port: port).body.contains("\"2\""))
        }
    }
}
