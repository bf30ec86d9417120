import Foundation
import JSONTree
import TestSupport
import Testing

/// A features topic that isn't what it was.
@Suite(.serialized) struct TopicChangeTests {
    private static let change = """
        import sys, time
        from confluent_kafka.admin import AdminClient, NewTopic, NewPartitions
        servers, topic, what, partitions = sys.argv[1:5]
        admin = AdminClient({"bootstrap.servers": servers})
        if what == "add":
            admin.create_partitions([NewPartitions(topic, int(partitions))])[topic].result(20)
        if what in ("delete", "recreate"):
            admin.delete_topics([topic])[topic].result(20)
            while topic in admin.list_topics(timeout=10).topics:
                time.sleep(0.05)
        if what == "recreate":
            admin.create_topics([NewTopic(topic, int(partitions), 1)])[topic].result(20)
        """

    @Test(arguments: DeliveryCheck.Promise.all)
    func `partitions that are added are refused while the stream runs and when it starts, with what to do`(
        promise: DeliveryCheck.Promise
    ) throws {
        let pipeline = try Pipeline(partitions: 2, more: Self.settings(promise))
        try pipeline.produce(StreamRecords.good(200, seed: 71, partitions: 2))
        let run = try pipeline.millrace("run")
        try pipeline.waitForPredictions(atLeast: 200, process: run)
        try change(pipeline, "add", partitions: 3)
        #expect(run.wait(seconds: 60) == .exit(1), "\(run.errors)")
        #expect(run.errors.contains("had 2 partitions when the models began to learn, and has 3 now"), "\(run.errors)")

        let again = try pipeline.millrace("run", "--until-end")
        #expect(again.wait(seconds: 60) == .exit(1), "\(again.errors)")
        #expect(again.errors.contains("has 3 now") && again.errors.contains("--from-scratch"), "\(again.errors)")
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end", "--from-scratch"), seconds: 60)
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
    }

    @Test(arguments: DeliveryCheck.Promise.all)
    func `a topic that was created anew is refused, with as many records as it had or fewer`(
        promise: DeliveryCheck.Promise
    ) throws {
        let pipeline = try Pipeline(more: Self.settings(promise))
        try pipeline.produce(StreamRecords.good(200, seed: 72))
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 60)
        try change(pipeline, "recreate", partitions: 1)
        try pipeline.produce(StreamRecords.good(100, seed: 73))
        let shorter = try pipeline.millrace("run", "--until-end")
        #expect(shorter.wait(seconds: 60) == .exit(1), "\(shorter.errors)")
        #expect(shorter.errors.contains("the partition ends at 100"), "\(shorter.errors)")

        try pipeline.produce(StreamRecords.good(300, seed: 74))
        let longer = try pipeline.millrace("run", "--until-end")
        #expect(longer.wait(seconds: 60) == .exit(1), "\(longer.errors)")
        #expect(
            longer.errors.contains("the record at offset 199 isn't the one that was read there"), "\(longer.errors)")
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end", "--from-scratch"), seconds: 60)
        #expect(try pipeline.newestSnapshots()[0]?["records"] == 400)
    }

    @Test func `a topic that is deleted while the stream runs stops it, with what to do`() throws {
        let pipeline = try Pipeline(more: Self.settings(.atLeastOnce))
        try pipeline.produce(StreamRecords.good(200, seed: 75))
        let run = try pipeline.millrace("run")
        try pipeline.waitForPredictions(atLeast: 200, process: run)
        try change(pipeline, "delete", partitions: 0)
        #expect(run.wait(seconds: 60) == .exit(1), "\(run.errors)")
        #expect(run.errors.contains("was deleted while the stream ran"), "\(run.errors)")
    }

    private static func settings(_ promise: DeliveryCheck.Promise) -> String {
        "delivery: \(promise == .exactlyOnce ? "exactly-once" : "at-least-once")\ncommit: {interval: 10 ms}"
    }

    private func change(_ pipeline: Pipeline, _ what: String, partitions: Int) throws {
        try PythonEnvironment.run(
            script: Self.change,
            arguments: [pipeline.broker.bootstrapServers, pipeline.topic("features"), what, String(partitions)])
    }
}
