internal import Failpoints
internal import KafkaClient
internal import Records
internal import Settings

extension KafkaSink {
    /// Whether outputs wait to be sent again. Nothing more is processed then, so that they keep their place.
    package var hasRefused: Bool { !refused.isEmpty }

    /// One attempt to hand an output to the outlet. Allocates nothing of ours.
    func hand(
        _ kind: OutputKind, partition: Int32 = -1, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
        timestamp: Int64, headers: borrowing HeaderList, token: UInt64
    ) -> ProduceResult {
        switch outlet {
        case .plain(let plain):
            plain.producer.produce(
                plain.topics[kind], partition: partition, key: key, value: value, timestamp: timestamp,
                headers: headers,
                token: token)
        case .transactions(let pair):
            pair.produce(kind, partition: partition, key: key, value: value, timestamp: timestamp, headers: headers)
        }
    }

    /// Serves delivery reports: settles the good ones, and keeps the failed ones for `mendRefused`.
    /// - Returns: how a transaction ended, where one has.
    @discardableResult
    package mutating func serve(timeoutMilliseconds: Int32) -> TransactionEnd? {
        switch outlet {
        case .plain(let plain):
            plain.producer.serve(timeoutMilliseconds: timeoutMilliseconds) { tokens in
                for token in tokens { lanes.settle(token) }
            } failed: { failed in
                if lanes.isCurrent(failed.token) { refused.append(OutputRecord(failed, topics: topics)) }
            }
            return nil
        case .transactions(let pair):
            return pair.advance(waitMilliseconds: timeoutMilliseconds) { refused.append($0) }
        }
    }

    /// Sends refused outputs again in the way their errors ask for. What can't be mended becomes the worker's failure.
    package mutating func mendRefused() {
        guard !refused.isEmpty, failure == nil else { return }
        let outputs = refused
        refused.removeAll()
        for (index, output) in outputs.enumerated() where isWanted(output) {
            guard let mended = output.mended() else {
                failure = output.error
                return
            }
            guard send(mended) else {
                // Where the queue is full its turn comes again, and that of all after it.
                refused = outputs[index...] + refused
                return
            }
            count(mended, insteadOf: output)
        }
    }

    private func isWanted(_ output: OutputRecord) -> Bool {
        if case .transactions = outlet { return true }
        return lanes.isCurrent(output.token)
    }

    /// Waits until every output is delivered or `deadline` (seconds of `clock`) has passed; true where all are.
    package mutating func flush(until deadline: Double, clock: () -> Double) -> Bool {
        guard case .plain(let plain) = outlet else { return true }
        failpoint(.flush)
        while failure == nil, plain.producer.outstanding > 0 || !refused.isEmpty {
            guard clock() < deadline else { return false }
            _ = plain.producer.flush(timeoutMilliseconds: 50)
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
                    hand(
                        output.kind, partition: output.partition, key: key, value: value,
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

    mutating func count(_ mended: OutputRecord, insteadOf output: OutputRecord) {
        if mended.kind != output.kind { tally.deadLetters[output.error.name, default: 0] += 1 }
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

extension HeaderList {
    /// The headers with bytes of their own.
    var copies: [KafkaClient.RecordHeader] {
        var copies: [KafkaClient.RecordHeader] = []
        forEach { name, value in
            copies.append(KafkaClient.RecordHeader(name: Array(name), value: value.map(Array.init)))
        }
        return copies
    }
}

extension KafkaError {
    /// Stands in an output that hasn't been tried yet.
    static let notSent = KafkaError(
        code: 0, message: "not sent yet", isFatal: false, isRetriable: true, requiresAbort: false)
}

extension OutputRecord {
    init(_ failed: borrowing FailedDelivery, topics: TopicNames) {
        self.init(
            kind: topics.kind(of: failed.topic),
            partition: topics.kind(of: failed.topic).isOfTask ? failed.partition : -1,
            key: failed.key, value: failed.value, headers: failed.headers, timestamp: failed.timestamp,
            token: failed.token, error: failed.error)
    }
}
