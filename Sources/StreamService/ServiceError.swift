package import KafkaClient
package import Records
package import StreamTasks

/// Why the service stopped, and what to do.
package enum ServiceError: Error, CustomStringConvertible {
    case consumer(TopicPartition, KafkaError)
    case client(KafkaError)
    case producer(KafkaError)
    case transactions(TransactionFailure)
    case hopeless(TransactionFailure)
    case fenced(KafkaError)
    case stalled
    case tooManyTasks(worker: Int)
    case strayed(RecordPosition)
    case topicMissing(String)
    case topicGone(String)
    case snapshotsNotCompacted(String, policy: String)
    case labelsCompacted(String, policy: String)
    case unequalPartitions(topic: String, found: Int, features: Int)
    case otherInputs(KafkaError)
    case notCommitted
    case notSaved
    case commitRefused(group: String, KafkaError)
    case restore(TopicPartition, any Error)
    case shutdownTimedOut(seconds: Double)

    package var description: String {
        switch self {
        case .consumer(let partition, let error):
            "\(partition) can't be read: \(error); mend the topic or the permissions and start again"
        case .client(let error): "Kafka: \(error)"
        case .producer(let error):
            "an output can't be written: \(error); nothing of it was committed, so starting again sends it again"
        case .transactions(let failure):
            "the transactional producers can't be made ready (\(failure)); mend the rights for the transactional ids or the "
                + "brokers' transaction settings, or use `delivery: at-least-once`"
        case .hopeless(let failure):
            "transactions failed over and over, the last one at \(failure); nothing of them counts, so starting again "
                + "processes their inputs again"
        case .fenced(let error):
            "another process has taken this one's place: \(error); give every process a `group.instance.id` of its own"
        case .stalled:
            "an output had no room in the producer for as long as a release could wait; nothing of it was committed, so "
                + "starting again sends it again"
        case .tooManyTasks(let worker):
            "worker \(worker) has 256 tasks, as many as it can have; raise `workers` or start a further process"
        case .strayed(let position):
            "a record at \(position) came before its partition had a worker; nothing was lost: start again"
        case .notCommitted:
            "the end was reached, but the last commit failed; start again, and what was not committed is processed again"
        case .notSaved:
            "the end was reached and committed, but the last snapshot could not be written; make room or mend the folder and "
                + "start again: the next start replays up to the commit and writes it"
        case .commitRefused(let group, let error):
            "the group \(group) can't commit: \(error); let this client read the group and its topics (or mend group.id, "
                + "group.instance.id) and start again: what was not committed is processed again"
        case .topicMissing(let topic):
            "there is no topic \(topic); create it with `millrace topics apply`, or name another one under `topics`"
        case .topicGone(let topic):
            "\(topic) was deleted while the stream ran; bring it back with its records, or begin on a new one with "
                + "--from-scratch"
        case .snapshotsNotCompacted(let topic, let policy):
            "\(topic) has cleanup.policy=\(policy): the brokers would delete the snapshots of a task that stands still; "
                + "set it to compact, or name another topic as `topics.snapshots`"
        case .labelsCompacted(let topic, let policy):
            "\(topic) has cleanup.policy=\(policy): compaction removes labels that a replay needs, and second labels; set it to "
                + "delete, or name another topic as `topics.labels`"
        case .unequalPartitions(let topic, let found, let features):
            "\(topic) has \(found) partitions and the features topic \(features); each task needs the one of its own number: "
                + "create it anew with as many"
        case .otherInputs(let error):
            "labels, or what the other tasks tell, can't be read: \(error); mend the topic or the permissions and start again"
        case .restore(let partition, let error): "\(partition) can't be restored: \(error)"
        case .shutdownTimedOut(let seconds):
            "the workers didn't stop within \(seconds) seconds; what they had not committed is replayed at the next start"
        }
    }
}
