extension Declared {
    static let snapshotStore = Setting(
        "snapshots.store", ValueForm<SnapshotSettings.Store>.choice(), default: .directory,
        "Where snapshots are kept: in a folder of this machine, or in the topic `topics.snapshots`, where every machine finds them."
    )
    static let snapshotDirectory = Setting(
        "snapshots.directory", .text("a path", example: "./snapshots"), default: "./snapshots",
        "Folder of the snapshots; under it one folder a pipeline, and in that one a partition. Not used with `store: topic`."
    )
    static let snapshotEvery = Setting(
        "snapshots.every", .timeOrRecords, default: .seconds(30),
        "How often each task is snapshotted, besides at stop and at revoke.")
    static let snapshotKeep = Setting(
        "snapshots.keep", .whole(2...100_000), default: 10, "How many of the newest snapshots of a task stay.")
    static let commitInterval = Setting(
        "commit.interval", .milliseconds(1...60_000, example: 100), default: 100,
        "Offsets are committed this often, up to where every output was delivered.")
    static let commitRecords = Setting(
        "commit.records", .records(1...10_000_000, example: 10_000), default: 10_000,
        "Offsets are committed after so many records, where that comes sooner.")
    static let workers = Setting(
        "workers", .whole(1...1024, unit: "threads"), default: 1,
        "Threads that work; at most one a core, and no more than partitions, are of use.")
    static let seed = Setting("seed", .seed, default: 42, "Start of every random choice.")
    static let listen = Setting(
        "http.listen", .address, otherwise: "nothing is served",
        "Address of health and metrics: `/v2/health/live`, `/v2/health/ready`, `/metrics`.")

    static let running =
        [snapshotStore.declaration, snapshotDirectory.declaration, snapshotEvery.declaration, snapshotKeep.declaration]
        + [commitInterval.declaration, commitRecords.declaration, workers.declaration, seed.declaration]
        + [listen.declaration]
}
