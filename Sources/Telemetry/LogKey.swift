package import Logging

/// The names under which log lines carry values. Never a record's content, never a secret.
package enum LogKey: String, Sendable, CaseIterable {
    case pipeline, version, partition, partitions, topic, offset, position, records, worker, workers
    case path, bytes, seconds, reason, error, code, signal, detector, address, group, member, key, value
    case broker, cluster, delivery, generation, attempt, deadline, state
}

extension Logger.Metadata {
    /// Metadata from house keys: `log.info("assigned", metadata: .with([.partitions: "0, 1"]))`.
    package static func with(_ pairs: [LogKey: any CustomStringConvertible & Sendable]) -> Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        for (key, value) in pairs { metadata[key.rawValue] = .stringConvertible(value) }
        return metadata
    }
}
