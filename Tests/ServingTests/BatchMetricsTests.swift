import Telemetry
import TestSupport
import Testing

struct BatchMetricsTests {
    @Test func `a duration on a bound falls into that bound's bucket`() {
        for range in [DurationBuckets.Range.computation, .transport] {
            #expect(range.bounds == range.bounds.sorted())
            #expect(range.bounds.count == DurationBuckets.bucketCount - 1)
            for (index, bound) in range.bounds.enumerated() {
                var buckets = DurationBuckets(range)
                buckets.record(nanoseconds: Int64(bound))
                buckets.record(nanoseconds: Int64(bound) + 1, times: 3)
                #expect(buckets[index] == 1)
                #expect(buckets[index + 1] == 3)
                #expect(buckets.count == 4)
            }
        }
    }

    @Test func `a clock that stepped back counts as no time at all`() {
        var buckets = DurationBuckets(.transport)
        buckets.record(nanoseconds: -1)
        #expect(buckets[0] == 1)
        #expect(buckets.sum == 0)
    }

    @Test func `publishing moves the counts over and empties the batch`() {
        let metrics = StreamMetrics(build: BuildInformation([:]))
        let workers = [metrics.addWorker(), metrics.addWorker()]
        var batch = BatchMetrics()
        for worker in workers {
            batch.recordsConsumed = 5
            batch.predictions = 4
            batch.learned = 3
            batch.predictDuration.record(nanoseconds: 1_000, times: 4)
            batch.endToEndLatency.record(nanoseconds: 2_000_000, times: 4)
            worker.publish(&batch)
            #expect(batch.recordsConsumed == 0 && batch.predictDuration.count == 0 && batch.endToEndLatency.sum == 0)
            worker.publish(&batch)
        }
        let totals = metrics.totals
        #expect(totals.recordsConsumed == 10 && totals.predictions == 8 && totals.learned == 6)
        #expect(totals.predictDuration.count == 8 && totals.predictDuration.sum == 8_000)
        #expect(totals.endToEndLatency.count == 8)
    }

    // Generics that aren't specialised allocate, so this is true of what the optimizer makes.
    #if !DEBUG
        @Test func `a batch costs no allocation`() {
            let metrics = StreamMetrics(build: BuildInformation([:]))
            let worker = metrics.addWorker()
            let task = metrics.addTask(partition: 3)
            var batch = BatchMetrics()
            worker.publish(&batch)
            let allocations = countAllocations {
                for number: UInt64 in 0..<1_000 {
                    batch.recordsConsumed += 1
                    batch.predictDuration.record(nanoseconds: Int64(number) * 777, times: 10)
                    batch.endToEndLatency.record(nanoseconds: Int64(number) * 777_777)
                    worker.publish(&batch)
                    task.publish(modelVersion: number, learned: false)
                }
            }
            #expect(allocations == 0)
            #expect(metrics.totals.recordsConsumed == 1_000)
        }
    #endif
}
