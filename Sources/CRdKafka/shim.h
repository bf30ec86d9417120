#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdint.h>

/// One header of a record to produce: views, copied by librdkafka when the record is enqueued.
/// A NULL value is a header without one.
typedef struct {
    const char *name;
    size_t name_size;
    const void *value;
    size_t value_size;
} rdkafka_header_view_t;

/// Enqueues one record; its bytes are copied. What Swift can't call itself: the function has variable arguments.
///
/// The header list stays ours until the record is accepted. Given as single headers, librdkafka before 2.12.0 frees
/// them twice when its partitioner refuses the record.
static inline rd_kafka_resp_err_t rdkafka_produce_copy(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
                                                       const void *key, size_t key_size, const void *value,
                                                       size_t value_size, int64_t timestamp,
                                                       const rdkafka_header_view_t *headers, size_t header_count,
                                                       uint64_t token) {
    if (header_count == 0)
        return rd_kafka_producev(client, RD_KAFKA_VTYPE_RKT, topic, RD_KAFKA_VTYPE_PARTITION, partition,
                                 RD_KAFKA_VTYPE_MSGFLAGS, (int)RD_KAFKA_MSG_F_COPY, RD_KAFKA_VTYPE_KEY, key, key_size,
                                 RD_KAFKA_VTYPE_VALUE, (void *)value, value_size, RD_KAFKA_VTYPE_TIMESTAMP, timestamp,
                                 RD_KAFKA_VTYPE_OPAQUE, (void *)(uintptr_t)token, RD_KAFKA_VTYPE_END);

    rd_kafka_headers_t *list = rd_kafka_headers_new(header_count);
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (size_t i = 0; i < header_count && !error; i++)
        error = rd_kafka_header_add(list, headers[i].name, (ssize_t)headers[i].name_size, headers[i].value,
                                    (ssize_t)headers[i].value_size);
    if (!error)
        error = rd_kafka_producev(client, RD_KAFKA_VTYPE_RKT, topic, RD_KAFKA_VTYPE_PARTITION, partition,
                                  RD_KAFKA_VTYPE_MSGFLAGS, (int)RD_KAFKA_MSG_F_COPY, RD_KAFKA_VTYPE_KEY, key, key_size,
                                  RD_KAFKA_VTYPE_VALUE, (void *)value, value_size, RD_KAFKA_VTYPE_TIMESTAMP, timestamp,
                                  RD_KAFKA_VTYPE_HEADERS, list, RD_KAFKA_VTYPE_OPAQUE, (void *)(uintptr_t)token,
                                  RD_KAFKA_VTYPE_END);
    if (error) rd_kafka_headers_destroy(list);
    return error;
}
