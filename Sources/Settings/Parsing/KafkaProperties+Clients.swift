extension KafkaProperties {
    /// Properties that a producer would warn about.
    package static let consumerOnly: Set<String> = [
        "group.id", "group.instance.id", "partition.assignment.strategy", "session.timeout.ms", "heartbeat.interval.ms",
        "max.poll.interval.ms", "queued.min.messages", "queued.max.messages.kbytes", "fetch.wait.max.ms",
        "fetch.message.max.bytes", "max.partition.fetch.bytes", "fetch.max.bytes", "fetch.min.bytes",
        "fetch.error.backoff.ms", "fetch.queue.backoff.ms", "check.crcs",
    ]

    /// Properties that a consumer would warn about.
    package static let producerOnly: Set<String> = [
        "queue.buffering.max.messages", "queue.buffering.max.kbytes", "queue.buffering.max.ms", "linger.ms",
        "message.send.max.retries", "retries", "compression.codec", "compression.type", "compression.level",
        "batch.num.messages", "batch.size", "message.timeout.ms", "delivery.timeout.ms", "request.timeout.ms",
        "sticky.partitioning.linger.ms", "queue.buffering.backpressure.threshold",
    ]
}
