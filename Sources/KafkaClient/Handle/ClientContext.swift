internal import CRdKafka

/// What a client's callbacks reach through librdkafka's opaque pointer: one object for a client.
///
/// librdkafka holds a reference of its own from before the client is made until after it is destroyed, so that no
/// callback can meet a dead object.
class ClientContext: @unchecked Sendable {
    let log: ClientLogger

    init(log: @escaping ClientLogger) { self.log = log }

    static func of(opaque: UnsafeMutableRawPointer?) -> ClientContext? {
        opaque.map { Unmanaged<ClientContext>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Hands a line of librdkafka's log on. It has no client where a configuration is still being read.
func forwardLog(client: OpaquePointer?, level: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>?) {
    guard let client, let context = ClientContext.of(opaque: rd_kafka_opaque(client)) else { return }
    context.log(
        ClientLog(
            level: level, facility: facility.map { String(cString: $0) } ?? "",
            message: text.map { String(cString: $0) } ?? "",
            client: rd_kafka_name(client).map { String(cString: $0) } ?? ""))
}
