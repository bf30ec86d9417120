import Foundation
import KafkaClient
import Records
import Settings
import StreamService
import StreamTasks
import Testing

/// Commits that fail, and starts after a stop that committed nothing.
@Suite struct CommitFaultTests {
    /// The last commit of a stream that then is idle fails: it is asked for again all the same.
    @Test func `commits that fail for a while come later, without a further record`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(500, seed: 61)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            // UNKNOWN, INVALID_REQUEST: none that the client itself repeats.
            cluster.mock.pushErrors([-1, 42, -1, 42, -1, 42], on: .offsetCommit)
            try cluster.feed(records)
            try stream.wait("all is committed") { try cluster.committed()[0] == 500 }
            #expect(stream.log.contains("commit failed"))
            try stream.stop()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test func `a coordinator that isn't available for a while delays commits, and nothing else`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(500, seed: 62)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            cluster.mock.pushErrors([16, 15, 14, 7, 16, 15, 14, 7], on: .offsetCommit)
            try cluster.feed(records)
            try stream.wait(untilDelivered: 500)
            try stream.wait("all is committed") { try cluster.committed()[0] == 500 }
            try stream.stop()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test func `a stop whose last commit fails repeats outputs at the next start, to the byte, and loses none`()
        async throws
    {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(600, seed: 63)
            let first = RunningStream(cluster)
            try first.waitUntilReady()
            cluster.mock.pushErrors(Array(repeating: -1, count: 5_000), on: .offsetCommit)
            try cluster.feed(records)
            try first.wait(untilDelivered: 600)
            try first.stop()
            #expect(first.log.contains("the last commit failed"))
            #expect(try cluster.committed() == [0: 0])
            cluster.mock.clearErrors(on: .offsetCommit)

            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 600)
        }
    }

    /// ILLEGAL_GENERATION: the group has moved on while the tasks were restored.
    @Test func `a first commit that comes too late for its assignment doesn't stop the service`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(200, seed: 64)
            cluster.mock.pushErrors([22], on: .offsetCommit)
            try cluster.feed(records)
            let stream = RunningStream(cluster)
            try stream.wait("all is committed") { try cluster.committed()[0] == 200 }
            try stream.wait(untilDelivered: 200)
            try stream.stop()
            #expect(stream.log.contains("quicker than the first commit"))
            try cluster.expectExact([0: records])
        }
    }

    /// TOPIC_AUTHORIZATION_FAILED, GROUP_AUTHORIZATION_FAILED.
    @Test(arguments: [29, 30] as [Int32])
    func `a commit that is refused for good stops the service, which names the group and what to do`(code: Int32)
        async throws
    {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(300, seed: 68)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            cluster.mock.pushErrors([code], on: .offsetCommit)
            try cluster.feed(records)
            let failure = "\(try stream.failure())"
            #expect(failure.contains("the group faults can't commit"), "\(failure)")
            #expect(failure.contains("start again"), "\(failure)")
            // Mended, it goes on as if nothing had been: no output is lost, and what is repeated is the same.
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `a first start that ended before its first commit is begun again`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(200, seed: 65)
            try cluster.feed(records)
            cluster.mock.pushErrors(Array(repeating: 30, count: 50), on: .offsetCommit)
            let failure = try RunningStream(cluster).failure()
            #expect("\(failure)".contains("GROUP_AUTHORIZATION_FAILED"))
            #expect("\(failure)".contains("the group faults can't commit"), "\(failure)")
            cluster.mock.clearErrors(on: .offsetCommit)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    @Test func `stopped at any moment and started again, a stream ends as one that never stopped`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(partitions: 2, workers: 2)
            let all = [Int32(0): inputs(900, seed: 66), 1: inputs(700, seed: 67)]
            for (partition, records) in all { try cluster.feed(records, partition: partition) }
            for part in 1...2 {
                let stream = RunningStream(cluster)
                try stream.wait("it works") { stream.consumed >= part * 200 }
                try stream.stop()
            }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact(all) == 0)
        }
    }
}
