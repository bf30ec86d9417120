/// What a user's own client does, in Python's confluent-kafka.
enum PythonClients {
    static let produce = """
        import json, sys
        from confluent_kafka import Producer
        servers, topic, path = sys.argv[1:4]
        failed = []
        trace = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        producer = Producer({"bootstrap.servers": servers, "linger.ms": 5, "enable.idempotence": True})
        def report(error, message):
            if error is not None:
                failed.append(str(error))
        for line in open(path):
            record = json.loads(line)
            extra = {} if record["partition"] < 0 else {"partition": record["partition"]}
            while True:
                try:
                    producer.produce(topic, key=record["key"], value=record["value"], headers=[("origin", b"python"), ("traceparent", trace)],
                                     on_delivery=report, **extra)
                    break
                except BufferError:
                    producer.poll(0.1)
            producer.poll(0)
        left = producer.flush(60)
        if failed or left:
            sys.exit(f"{len(failed)} failed, {left} left: {failed[:3]}")
        """

    static let read = """
        import json, sys
        from confluent_kafka import Consumer, TopicPartition, KafkaError
        servers, topic, isolation = sys.argv[1:4]
        consumer = Consumer({"bootstrap.servers": servers, "group.id": "reader", "enable.auto.commit": False,
                             "auto.offset.reset": "earliest", "enable.partition.eof": True, "isolation.level": isolation,
                             "receive.message.max.bytes": 1000000000})
        partitions = list(consumer.list_topics(topic, timeout=20).topics[topic].partitions)
        consumer.assign([TopicPartition(topic, p, 0) for p in partitions])
        open_partitions = set(partitions)
        text = lambda b: None if b is None else b.decode("utf-8", "replace")
        out = []
        while open_partitions:
            for message in consumer.consume(500, timeout=1):
                if message.error():
                    if message.error().code() == KafkaError._PARTITION_EOF:
                        open_partitions.discard(message.partition())
                        continue
                    sys.exit(str(message.error()))
                out.append(json.dumps({"partition": message.partition(), "offset": message.offset(),
                    "timestamp": message.timestamp()[1], "key": text(message.key()), "value": text(message.value()),
                    "headers": {k: text(v) for k, v in (message.headers() or [])}}))
        consumer.close()
        print("\\n".join(out))
        """

    /// Whole topics and a group's positions, one JSON object a line; bytes as the characters U+0000 to U+00FF.
    static let observe = """
        import json, sys
        from confluent_kafka import Consumer, TopicPartition, KafkaError
        servers, group = sys.argv[1:3]
        topics = sys.argv[3:]
        consumer = Consumer({"bootstrap.servers": servers, "group.id": group, "enable.auto.commit": False,
                             "auto.offset.reset": "earliest", "enable.partition.eof": True,
                             "isolation.level": "read_committed", "receive.message.max.bytes": 1000000000})
        known = consumer.list_topics(timeout=20).topics
        partitions = [TopicPartition(t, p, 0) for t in topics for p in known[t].partitions]
        text = lambda b: None if b is None else b.decode("latin-1")
        consumer.assign(partitions)
        left = {(p.topic, p.partition) for p in partitions}
        while left:
            for message in consumer.consume(1000, timeout=1):
                if message.error():
                    if message.error().code() == KafkaError._PARTITION_EOF:
                        left.discard((message.topic(), message.partition()))
                        continue
                    sys.exit(str(message.error()))
                print(json.dumps({"topic": message.topic(), "partition": message.partition(), "offset": message.offset(),
                    "timestamp": message.timestamp()[1], "key": text(message.key()), "value": text(message.value()),
                    "headers": [[k, text(v)] for k, v in (message.headers() or [])]}))
        for p in consumer.committed([TopicPartition(topics[0], p) for p in known[topics[0]].partitions], timeout=30):
            if p.offset >= 0:
                print(json.dumps({"partition": p.partition, "committed": p.offset}))
        consumer.close()
        """

    /// Produces the records of a file in transactions of so many records, and aborts every other one.
    ///
    /// Each under an id of its own: to a reader that starts behind an aborted transaction noida-db still names it, and a
    /// client then skips what the same producer wrote next.
    static let produceAborting = """
        import json, sys
        from confluent_kafka import Producer
        servers, topic, path, size = sys.argv[1:5]
        records = [json.loads(line) for line in open(path)]
        for number, start in enumerate(range(0, len(records), int(size))):
            producer = Producer({"bootstrap.servers": servers, "transactional.id": f"{path}-{number}"})
            producer.init_transactions(30)
            producer.begin_transaction()
            for record in records[start:start + int(size)]:
                producer.produce(topic, key=record["key"], value=record["value"], partition=record["partition"])
            producer.flush(30)
            if number % 2:
                producer.abort_transaction(30)
            else:
                producer.commit_transaction(30)
        """
}
