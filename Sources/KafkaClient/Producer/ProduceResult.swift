/// What became of a call of `produce`.
package enum ProduceResult: Sendable, Equatable {
    /// The producer has its own copy. What the broker says of it comes with `serve`.
    case enqueued
    /// The producer holds as many records as it may: serve it, then try again.
    case queueFull
    /// Not taken, and nothing more will be heard of it.
    case refused(KafkaError)
}
