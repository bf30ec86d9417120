internal import Crypto
internal import Foundation
package import KafkaClient
package import Records

/// A copy of an output: of a rare one on its way, or of one that the broker or the client didn't take, until it is known
/// what becomes of it.
package struct OutputRecord: Sendable {
    package var kind: OutputKind
    /// -1 leaves it to the partitioner.
    package var partition: Int32
    package var key: [UInt8]?
    package var value: [UInt8]?
    package var headers: [KafkaClient.RecordHeader]
    package var timestamp: Int64
    package var token: UInt64
    package var error: KafkaError

    /// The name of the header that says which input an output comes from: `topic/partition/offset`.
    static let inputHeader = Array("millrace-input".utf8)

    package init(
        kind: OutputKind, partition: Int32 = -1, key: [UInt8]?, value: [UInt8]?,
        headers: [KafkaClient.RecordHeader], timestamp: Int64, token: UInt64, error: KafkaError
    ) {
        self.kind = kind
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
        self.token = token
        self.error = error
    }

    /// What to do about it: nothing is ever dropped, and the watermark waits for it all the while.
    package enum Remedy: Equatable, Sendable {
        /// A passing fault: the same bytes once more.
        case sendAgain
        /// The broker takes no event time so far from its own clock: with the time of now, the event time in a header.
        case sendWithBrokerTime
        /// It will never be taken where it was meant to go.
        case deadLetter
        /// Not even as a dead letter: without its value, which a header describes.
        case deadLetterWithoutValue
        /// Nothing that this program can mend.
        case stop
    }

    package var remedy: Remedy {
        if error.isInvalidTimestamp, timestamp >= 0 { return .sendWithBrokerTime }
        switch error.disposition {
        case .retry: return .sendAgain
        // No input is answered by it, so it belongs to no dead letter; without it the others' states aren't what they must be.
        case .deadLetter where kind.isOfTask: return .stop
        case .deadLetter where kind != .deadLetter: return .deadLetter
        case .deadLetter where value != nil: return .deadLetterWithoutValue
        case .deadLetter, .restoreTask, .stop: return .stop
        }
    }

    /// The same output as its remedy wants it sent; nil where it is to be given up with the whole task.
    package func mended() -> OutputRecord? {
        var output = self
        switch remedy {
        case .sendAgain: break
        case .sendWithBrokerTime:
            output.headers.append(KafkaClient.RecordHeader("millrace-timestamp", String(timestamp)))
            output.timestamp = -1
        case .deadLetter:
            output.kind = .deadLetter
            output.headers += coordinates
            output.headers += [
                KafkaClient.RecordHeader("__connect.errors.stage", "produce"),
                KafkaClient.RecordHeader("__connect.errors.class.name", "millrace"),
                KafkaClient.RecordHeader("__connect.errors.exception.class.name", error.name),
                KafkaClient.RecordHeader("__connect.errors.exception.message", error.message),
            ]
        case .deadLetterWithoutValue:
            let value = output.value ?? []
            let digest = SHA256.hash(data: value).map { String(format: "%02x", $0) }.joined()
            output.headers.append(contentsOf: [
                KafkaClient.RecordHeader("millrace-value-bytes", String(value.count)),
                KafkaClient.RecordHeader("millrace-value-sha256", digest),
            ])
            output.value = nil
        case .stop: return nil
        }
        return output
    }

    /// Where the input stands that this output comes from, out of its own header: `topic/partition/offset`.
    private var coordinates: [KafkaClient.RecordHeader] {
        guard let input = headers.first(where: { $0.name == Self.inputHeader })?.value else { return [] }
        let parts = input.split(separator: UInt8(ascii: "/"))
        guard parts.count == 3 else { return [] }
        return zip(["topic", "partition", "offset"], parts).map { name, part in
            KafkaClient.RecordHeader(name: Array("__connect.errors.\(name)".utf8), value: Array(part))
        }
    }
}

extension KafkaError {
    /// INVALID_TIMESTAMP: the topic takes no time so far from the broker's clock.
    var isInvalidTimestamp: Bool { code == 32 }
}
