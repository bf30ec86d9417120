internal import CRdKafka
internal import Foundation

/// A copy of one header of a record. Both parts are bytes: Kafka doesn't say that they are text.
package struct RecordHeader: Sendable, Equatable {
    package var name: [UInt8]
    /// A header may have no value, which is not the same as an empty one.
    package var value: [UInt8]?

    package init(name: [UInt8], value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    package init(_ name: String, _ value: String?) {
        self.init(name: Array(name.utf8), value: value.map { Array($0.utf8) })
    }

    static func forEach(
        of message: UnsafePointer<rd_kafka_message_t>,
        _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void
    ) {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers else { return }
        var index = 0
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(headers, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
            index += 1
            guard let name else { continue }
            body(
                UnsafeRawBufferPointer(start: name, count: strlen(name)),
                value.map { UnsafeRawBufferPointer(start: $0, count: size) })
        }
    }

    static func all(of message: UnsafePointer<rd_kafka_message_t>) -> [RecordHeader] {
        var all: [RecordHeader] = []
        forEach(of: message) { name, value in all.append(RecordHeader(name: Array(name), value: value.map(Array.init)))
        }
        return all
    }
}
