internal import CRdKafka
package import Records

extension Producer {
    /// Registers the `transactional.id`: fences its older producers and ends what they left open. Once, before anything.
    package func initTransactions(timeoutMilliseconds: Int32) -> TransactionOutcome {
        step { rd_kafka_init_transactions($0, timeoutMilliseconds) }
    }

    package func beginTransaction() -> TransactionOutcome { step { rd_kafka_begin_transaction($0) } }

    /// Puts the consumer's positions into the transaction. They are the NEXT records to read.
    package func sendOffsets(
        _ positions: [RecordPosition], of consumer: Consumer, timeoutMilliseconds: Int32
    ) -> TransactionOutcome {
        let reader: ClientHandle
        do throws(KafkaError) { reader = try consumer.client() } catch { return .abortable(error) }
        guard let group = rd_kafka_consumer_group_metadata(reader.pointer) else {
            return .fatal(
                KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: "the consumer belongs to no group"))
        }
        defer { rd_kafka_consumer_group_metadata_destroy(group) }
        let list = PartitionList(positions: positions)
        let pointer = list.pointer
        let outcome = step { rd_kafka_send_offsets_to_transaction($0, pointer, group, timeoutMilliseconds) }
        return withExtendedLifetime(reader) { outcome }
    }

    /// Flushes, then commits. -1 waits until the transaction's own timeout.
    ///
    /// After a time-out the request may still take effect: call it again while the outcome is `retriable`.
    package func commitTransaction(timeoutMilliseconds: Int32) -> TransactionOutcome {
        step { rd_kafka_commit_transaction($0, timeoutMilliseconds) }
    }

    /// Purges what is outstanding (each record is reported as failed), then aborts.
    package func abortTransaction(timeoutMilliseconds: Int32) -> TransactionOutcome {
        step { rd_kafka_abort_transaction($0, timeoutMilliseconds) }
    }

    private func step(_ call: (OpaquePointer) -> OpaquePointer?) -> TransactionOutcome {
        guard let client = openClient else { return .fatal(.closed) }
        return TransactionOutcome(consuming: call(client), of: client)
    }
}
