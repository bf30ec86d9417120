import Foundation
import JSONTree
import ServingAPI
import Testing

struct HostileClientTests {
    @Test(arguments: [
        ["X-Long: " + String(repeating: "x", count: 20_000)],
        (0..<200).map { "X-\($0): y" },
        (0..<90).map { "X-\($0): " + String(repeating: "y", count: 1_000) },
    ])
    func `oversized headers are refused, and the server goes on`(headers: [String]) async throws {
        let (refused, next) = try await withServer { server in
            (
                try HTTPClient.request("/v2", port: server.port, headers: headers),
                try HTTPClient.request("/v2", port: server.port)
            )
        }
        // Where the server closes before all is sent, the answer itself may be lost.
        #expect([0, 400, 431].contains(refused.status))
        #expect(next.status == 200)
    }

    @Test func `a body that nobody asked for is refused, however slowly it comes`() async throws {
        try await withServer { server in
            let client = try HTTPClient(port: server.port)
            client.send("GET /v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx")
            // Nothing more is sent, and yet the end comes: the server closes.
            let answer = HTTPClient.parse(client.read())
            #expect(answer.status == 413)
            #expect(answer.body.contains("error"))
            let chunked = try HTTPClient.request(
                "/v2", method: "POST", port: server.port, headers: ["Transfer-Encoding: chunked"])
            #expect(chunked.status == 413)
        }
    }

    @Test func `a request head that never ends is cut off`() async throws {
        try await withServer(options: { $0.idleSeconds = 1 }) { server in
            let client = try HTTPClient(port: server.port)
            client.send("GET /v2 HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            #expect(!client.read().contains("200 OK"))
        }
    }

    @Test(arguments: [
        "\r\n\r\n\0\u{1}\u{2}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func `what isn't HTTP gets no answer that looks well`(text: String) async throws {
        let (answer, next) = try await withServer(options: { $0.idleSeconds = 1 }) { server in
            let client = try HTTPClient(port: server.port)
            client.send(text)
            return (client.read(), try HTTPClient.request("/v2", port: server.port))
        }
        #expect(!answer.contains("200 OK"))
        #expect(next.status == 200)
    }
}
