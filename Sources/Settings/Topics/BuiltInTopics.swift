/// The project's own topic declarations, word for word the files under `Topics/`.
///
/// A test fails where the two differ and says what to write here.
package enum BuiltInTopics {
    package static let files: [(path: String, text: String)] = [
        (
            "Topics/features.yaml",
            """
            # Feature records come in here. Their timestamps are event times, so history that is replayed would be gone at once
            # under a retention by time: nothing is deleted unless you state a period. Never compact it: every record counts.
            kind: features
            name: <pipeline>.features
            partitions: 3
            replicas: -1            # the brokers' default.replication.factor
            records: feature-record.schema.json
            config:
              cleanup.policy: delete
              retention.ms: -1

            """
        ),
        (
            "Topics/predictions.yaml",
            """
            # One prediction for each accepted feature record, with the input's key and timestamp. Its partition follows from the
            # key, as Java clients place it; the same count as the features topic keeps both side by side.
            kind: predictions
            name: <pipeline>.predictions
            partitions: 3
            replicas: -1
            records: prediction.schema.json
            config:
              cleanup.policy: delete
              retention.ms: -1

            """
        ),
        (
            "Topics/drift.yaml",
            """
            # Metrics of each window; alerts, recoveries and gaps in the input as CloudEvents. Few and small; their times are event times.
            kind: drift
            name: <pipeline>.drift
            partitions: 1
            replicas: -1
            records: drift-metric.schema.json, drift-alert.schema.json, drift-recovery.schema.json, input-gap.schema.json
            config:
              cleanup.policy: delete
              retention.ms: -1

            """
        ),
        (
            "Topics/dead-letters.yaml",
            """
            # Refused records, as they came, with the reason in headers. They keep their timestamps.
            kind: dead-letters
            name: <pipeline>.dead-letters
            partitions: 1
            replicas: -1
            records: dead-letter-headers.schema.json
            config:
              cleanup.policy: delete
              retention.ms: -1

            """
        ),
        (
            "Topics/labels.yaml",
            """
            # Labels that come later than their feature records, in the partition of the feature record's key: the count must be that of the
            # features topic. Their timestamps are event times, so nothing is deleted unless you state a period; a restored task reads them
            # again from its last snapshot on. Never compact it: a second label and a tombstone mean something.
            kind: labels
            name: <pipeline>.labels
            partitions: 3
            replicas: -1
            records: label-record.schema.json
            config:
              cleanup.policy: delete
              retention.ms: -1

            """
        ),
        (
            "Topics/journal.yaml",
            """
            # In which order each task consumed its inputs: one entry a commit, in the partition of the task. Internal, and written only
            # where a task has several inputs. A restored task reads it from its last snapshot on, so the period must be longer than a
            # pipeline may ever stand still, and the count must be that of the features topic.
            kind: journal
            name: <pipeline>.journal
            partitions: 3
            replicas: -1
            records: journal-entry.schema.json
            config:
              cleanup.policy: delete
              retention.ms: 604800000

            """
        ),
        (
            "Topics/mix.yaml",
            """
            # What the models of several partitions tell each other, where the model's scope is shared: one partition a task, as many as
            # the features topic has. Internal, and not JSON. A restored task reads it again from its last snapshot on, so the period
            # must be longer than a pipeline may ever stand still; it goes by the time of writing, not by event times.
            kind: mix
            name: <pipeline>.mix
            partitions: 3
            replicas: -1
            config:
              cleanup.policy: delete
              retention.ms: 604800000

            """
        ),
        (
            "Topics/snapshots.yaml",
            """
            # All state of each task, in the partition of the task: chunks of a safetensors file, and a manifest written last. Internal, and
            # used only with `snapshots.store: topic`. Only compaction may remove anything: a deletion by time would take the one snapshot
            # of a task that stands still. Old snapshots get tombstones; small segments that are compacted soon make room for new ones.
            # The count must be that of the features topic.
            kind: snapshots
            name: <pipeline>.snapshots
            partitions: 3
            replicas: -1
            records: snapshot-manifest.schema.json
            config:
              cleanup.policy: compact
              segment.bytes: 67108864
              segment.ms: 3600000
              min.cleanable.dirty.ratio: 0.1
              max.compaction.lag.ms: 3600000

            """
        ),
    ]
}
