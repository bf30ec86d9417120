internal import CRdKafka
package import Records

extension Admin {
    /// Deletes the records before each position. The brokers answer when it is done.
    package func deleteRecords(before positions: [RecordPosition], timeoutMilliseconds: Int32) throws(KafkaError) {
        let list = PartitionList(positions: positions)
        var wanted: [OpaquePointer?] = [rd_kafka_DeleteRecords_new(list.pointer)]
        defer { rd_kafka_DeleteRecords_destroy(wanted[0]) }
        try request(RD_KAFKA_ADMIN_OP_DELETERECORDS, timeoutMilliseconds: timeoutMilliseconds) {
            rd_kafka_DeleteRecords($0, &wanted, 1, $1, $2)
        } read: { event throws(KafkaError) in
            let offsets = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event))
            guard let elements = UnsafeMutablePointer(mutating: offsets)?.elements else { return }
            for element in elements {
                if let error = KafkaError(unlessNone: element.err) { throw error }
            }
        }
    }
}
