internal import CRdKafka
package import Records

extension InputRecord {
    /// The record's headers in their order, also those of the same name; none where the record came from elsewhere than
    /// this client. Valid as long as the record's batch is.
    package func forEachHeader(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void) {
        guard let origin else { return }
        RecordHeader.forEach(of: origin.assumingMemoryBound(to: rd_kafka_message_t.self), body)
    }
}
