import Foundation
import KafkaClient
import Synchronization
import Testing
import TestSupport

/// The brokers that a test runs on.
enum Broker: CaseIterable, CustomTestStringConvertible {
    case mock, external

    var testDescription: String { self == .mock ? "mock cluster" : "external broker" }
}

/// A cluster of one test: a mock of its own, or the shared external broker.
final class TestCluster: Sendable {
    let bootstrapServers: String
    private let mock: MockCluster?

    init(_ broker: Broker) throws {
        switch broker {
        case .mock:
            let made = try MockCluster()
            bootstrapServers = made.bootstrapServers
            mock = consume made
        case .external:
            bootstrapServers = try ExternalBroker.shared.get().bootstrapServers
            mock = nil
        }
    }

    /// Makes a topic by a name of its own.
    func topic(_ name: String = "numbers", partitions: Int = 1, config: [String: String] = [:]) throws -> String {
        let unique = "\(name)-\(UUID().uuidString.prefix(8))"
        switch mock {
        case .some(let mock): try mock.createTopic(unique, partitions: partitions)
        case .none:
            let admin = try Admin(properties: ["bootstrap.servers": bootstrapServers], log: { _ in })
            let failures = try admin.createTopics(
                [NewTopic(name: unique, partitions: partitions, replication: 1, config: config)],
                timeoutMilliseconds: 10_000)
            #expect(failures.isEmpty)
            #expect(admin.close(deadlineMilliseconds: 10_000))
        }
        return unique
    }

    /// The mock's next answers to such requests.
    func push(_ codes: [Int32], on request: MockRequest) {
        switch mock {
        case .some(let mock): mock.pushErrors(codes, on: request)
        case .none: Issue.record("only the mock takes errors")
        }
    }

    func setError(_ code: Int32, ofTopic name: String) { mock?.setError(code, ofTopic: name) }
    func takeDown() throws { try mock?.takeDown() }
    func bringUp() throws { try mock?.bringUp() }

    /// What every client of a test is given: an external broker ignores `fetch.max.bytes`.
    func properties(_ more: [String: String] = [:]) -> [String: String] {
        ["bootstrap.servers": bootstrapServers].merging(more) { $1 }
    }

    func consumerProperties(group: String = "group-\(UUID().uuidString)", _ more: [String: String] = [:]) -> [String:
        String]
    {
        properties([
            "group.id": group, "enable.partition.eof": "true", "receive.message.max.bytes": "1000000000",
            "fetch.wait.max.ms": "10", "partition.assignment.strategy": "range", "auto.offset.reset": "error",
            "session.timeout.ms": "6000", "heartbeat.interval.ms": "200",
        ]).merging(more) { $1 }
    }
}

/// Waits in steps until something holds.
/// - Returns: false where it doesn't before the time is over, which is long: no test passes by being slow.
func eventually(seconds: Double = 30, _ step: () throws -> Bool) rethrows -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while deadline.timeIntervalSinceNow > 0 {
        if try step() { return true }
    }
    return false
}

extension UnsafeRawBufferPointer {
    var text: String { String(decoding: self, as: UTF8.self) }
}

func withBytes<Result>(_ text: String?, _ body: (UnsafeRawBufferPointer?) throws -> Result) rethrows -> Result {
    guard let text else { return try body(nil) }
    return try Array(text.utf8).withUnsafeBytes { try body($0) }
}
