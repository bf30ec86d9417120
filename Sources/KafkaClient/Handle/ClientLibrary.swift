internal import CRdKafka

/// The librdkafka that this process runs with, which may be newer than the one that it was built with.
package enum ClientLibrary {
    package static var version: String { String(cString: rd_kafka_version_str()) }
}
