internal import ArgumentParser

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: """
            Measure this machine: the engine alone, the stream against a pass-through, latency, memory, snapshots, replay, learners, detectors.
            """,
        discussion: """
            Ratios of two sides that ran in one call tell more than either figure: a busy machine slows both.

            Examples:
              millrace bench engine                              bytes in memory to bytes in memory, no broker
              millrace bench kafka                               against a pass-through, on the embedded broker
              millrace bench latency --brokers localhost:9092    2,000 records/s, on a broker of yours
              millrace bench memory --records 10000000           is the memory flat?
              millrace bench snapshots                           how long a copy of the state stops the stream
              millrace bench replay                              how long until a task has its state again?
              millrace bench learners                            predict and learn, every kind of learner
              millrace bench drift                               false alarms and delay, every change detector
            """,
        subcommands: [
            EngineBench.self, KafkaBench.self, LatencyBench.self, MemoryBench.self, SnapshotBench.self,
            ReplayBench.self, LearnersBench.self, DriftBench.self,
            BenchSideCommand.self,
        ])
}
