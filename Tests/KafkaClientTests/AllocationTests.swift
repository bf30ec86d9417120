#if !DEBUG
    import KafkaClient
    import Records
    import Testing
    import TestSupport

    /// librdkafka allocates for each record (a message here, a header there); we add nothing to that. So it isn't the
    /// number for one record that counts, but that it doesn't depend on us: the same work again costs the same, and
    /// reading every field of a batch costs nothing.
    @Suite struct AllocationTests {
        @Test func `producing allocates what librdkafka does: one message, and for headers a list and each of them`()
            throws
        {
            let cluster = try TestCluster(.mock)
            let producer = try Producer(properties: cluster.properties(["linger.ms": "1000"]), log: { _ in })
            let topic = try producer.topic(try cluster.topic())
            var headers = HeaderList()
            var bytes: [UInt8] = Array("0123456789".utf8)
            bytes.withUnsafeMutableBytes { buffer in
                let view = UnsafeRawBufferPointer(buffer)
                func produce(_ count: Int, headerCount: Int) -> Int {
                    countAllocations {
                        for token in 0..<count {
                            headers.removeAll()
                            for _ in 0..<headerCount { headers.add("millrace-input", view) }
                            _ = producer.produce(
                                topic, partition: 0, key: view, value: view, timestamp: 1, headers: headers,
                                token: UInt64(token))
                        }
                    }
                }
                _ = produce(1000, headerCount: 4)
                let plain = produce(1000, headerCount: 0)
                let one = produce(1000, headerCount: 1)
                let four = produce(1000, headerCount: 4)
                #expect(plain <= 1000 + 8)  // the message itself
                #expect(four - one <= 3 * (one - plain))  // a header is a header
                #expect(one - plain <= 3 * 1000 + 8)  // the list, its elements, the header
            }
            #expect(producer.flush(timeoutMilliseconds: 30_000))
            var acknowledged = 0
            let handedOver = countAllocations {
                producer.serve(timeoutMilliseconds: 0) {
                    acknowledged += $0.count
                } failed: { _ in
                }
            }
            #expect(acknowledged == 4000)
            #expect(handedOver <= 8)
            #expect(producer.close(deadlineMilliseconds: 10_000))
        }

        @Test func `reading a batch allocates nothing of ours`() throws {
            let cluster = try TestCluster(.mock)
            let topic = try cluster.topic()
            let writer = try TestWriter(cluster.properties(["linger.ms": "5"]))
            #expect(try writer.produceNumbers(5000, to: topic))
            let consumer = try Consumer(properties: cluster.consumerProperties(), log: { _ in })
            let place = TopicPartition(topic: topic, partition: 0)
            consumer.detachQueue(place)
            try consumer.assign([RecordPosition(topic: topic, partition: 0, next: NextOffset(0))])
            var queue = try WorkerQueue(consumer: consumer)
            queue.attach(place)
            var records = 0
            var offsets: Int64 = 0
            var allocations = 0
            #expect(
                eventually {
                    allocations += countAllocations {
                        queue.consume(max: 500, timeoutMilliseconds: 100) { batch in
                            for index in 0..<batch.count where batch.kind(index) == .record {
                                records += batch.slot(index) == 0 ? 1 : 0
                                offsets += batch.offset(index)
                            }
                        }
                    }
                    return records >= 2500
                })
            #expect(offsets > 0)
            #expect(allocations <= 50)  // some for a wait, none for a record

            var bytes = 0
            var viewed = 0
            allocations = countAllocations {
                queue.consume(timeoutMilliseconds: 30_000) { batch in
                    for index in 0..<batch.count where batch.kind(index) == .record {
                        bytes += batch.record(index).value?.count ?? 0
                        viewed += 1
                    }
                }
            }
            #expect(bytes > 0)
            // librdkafka makes two things to look whether there are headers, even where there are none.
            #expect(allocations <= 2 * viewed + 10)
            _ = consume queue
            #expect(consumer.close(deadlineMilliseconds: 10_000))
        }
    }
#endif
