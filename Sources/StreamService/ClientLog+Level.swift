package import KafkaClient
package import Logging

extension ClientLog {
    /// The level in this program's log. What librdkafka says of its configuration is for whoever looks for it.
    package var severity: Logger.Level {
        if facility == "CONFWARN" { return .debug }
        return switch level {
        case ...2: .critical
        case 3: .error
        case 4: .warning
        case 5: .notice
        case 6: .info
        default: .debug
        }
    }
}

extension Logger {
    /// Takes a client's line over into this program's log.
    func forward(_ line: ClientLog) {
        log(
            level: line.severity, "\(line.message)",
            metadata: ["client": "\(line.client)", "about": "\(line.facility)"])
    }
}
