internal import KafkaClient
internal import Records

extension KafkaSink {
    /// Serves delivery reports, settles the good ones, and keeps the failed ones for `mendRefused`.
    package mutating func serve(timeoutMilliseconds: Int32) {
        producer.serve(timeoutMilliseconds: timeoutMilliseconds) { tokens in
            for token in tokens { lanes.settle(token) }
        } failed: { failed in
            if lanes.isCurrent(failed.token) { refused.append(OutputRecord(failed, topics: topics)) }
        }
    }

    /// Sends refused outputs again in the way their errors ask for. What can't be mended becomes the worker's failure.
    package mutating func mendRefused() {
        guard !refused.isEmpty, failure == nil else { return }
        let outputs = refused
        refused.removeAll()
        for output in outputs where lanes.isCurrent(output.token) {
            guard let mended = output.mended() else {
                failure = output.error
                return
            }
            guard send(mended) else {
                // Where the queue is full its turn comes again.
                refused.append(output)
                continue
            }
            if mended.kind != output.kind { tally.deadLetters[output.error.name, default: 0] += 1 }
        }
    }

    /// Waits until every output is delivered or `deadline` (seconds of `clock`) has passed; true where all are.
    package mutating func flush(until deadline: Double, clock: () -> Double) -> Bool {
        while failure == nil, producer.outstanding > 0 || !refused.isEmpty {
            guard clock() < deadline else { return false }
            _ = producer.flush(timeoutMilliseconds: 50)
            serve(timeoutMilliseconds: 0)
            mendRefused()
        }
        return failure == nil
    }

    /// One attempt; false where the producer's queue is full. A refusal is kept for `mendRefused`.
    mutating func send(_ output: OutputRecord) -> Bool {
        let result = output.headers.withHeaderList { headers in
            Self.withView(of: output.key) { key in
                Self.withView(of: output.value) { value in
                    producer.produce(
                        topics[output.kind], partition: output.partition, key: key, value: value,
                        timestamp: max(output.timestamp, 0), headers: headers, token: output.token)
                }
            }
        }
        switch result {
        case .enqueued: return true
        case .queueFull: return false
        case .refused(let error):
            var again = output
            again.error = error
            refused.append(again)
            return true
        }
    }

    private static func withView<Result>(of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        guard let bytes else { return body(nil) }
        return bytes.withUnsafeBytes(body)
    }
}

extension [KafkaClient.RecordHeader] {
    /// A list of views of these headers, valid while `body` runs.
    func withHeaderList<Result>(_ body: (borrowing HeaderList) -> Result) -> Result {
        let bytes = flatMap { $0.name + ($0.value ?? []) }
        return bytes.withUnsafeBytes { bytes in
            var list = HeaderList(capacity: count)
            var start = 0
            for header in self {
                let name = UnsafeRawBufferPointer(rebasing: bytes[start..<start + header.name.count])
                start += header.name.count
                let value = header.value.map { UnsafeRawBufferPointer(rebasing: bytes[start..<start + $0.count]) }
                start += header.value?.count ?? 0
                list.add(name, value)
            }
            return body(list)
        }
    }
}

extension KafkaError {
    /// Stands in an output that hasn't been tried yet.
    static let notSent = KafkaError(
        code: 0, message: "not sent yet", isFatal: false, isRetriable: true, requiresAbort: false)
}

extension OutputRecord {
    init(_ failed: borrowing FailedDelivery, topics: OutputTopics) {
        let kind = OutputKind.allCases.first { topics[$0].name == failed.topic } ?? .deadLetter
        self.init(
            kind: kind, partition: kind == .mix ? failed.partition : -1, key: failed.key, value: failed.value,
            headers: failed.headers, timestamp: failed.timestamp, token: failed.token, error: failed.error)
    }
}
