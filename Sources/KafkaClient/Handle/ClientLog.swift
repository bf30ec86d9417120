/// One line of a client's own log.
package struct ClientLog: Sendable {
    /// As in syslog: 0 is an emergency, 3 an error, 4 a warning, 6 information, 7 debugging.
    package var level: Int32
    /// librdkafka's name for what the line is about, as `FAIL` or `CONFWARN`.
    package var facility: String
    package var message: String
    /// The client's name, as `rdkafka#consumer-1`.
    package var client: String

    package init(level: Int32, facility: String, message: String, client: String) {
        self.level = level
        self.facility = facility
        self.message = message
        self.client = client
    }
}

/// Takes a client's log lines. It is called on librdkafka's own threads, so it must be quick and never call the client.
package typealias ClientLogger = @Sendable (ClientLog) -> Void
