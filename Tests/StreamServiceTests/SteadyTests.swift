import Foundation
import KafkaClient
import Records
import StreamService
import Testing

@Suite struct SteadyTests {
    @Test(arguments: [1, 2, 4])
    func `any number of workers gives each partition the outputs and the state that one task would`(workers: Int) async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(partitions: 4, workers: workers)
            var all: [Int32: [Input]] = [:]
            for partition in Int32(0)..<4 {
                let records = inputs(700 + 50 * Int(partition), seed: UInt64(30 + partition))
                all[partition] = records
                try cluster.feed(records, partition: partition)
            }
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            #expect(try cluster.expectExact(all) == 0)
        }
    }
}
