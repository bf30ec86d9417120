#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads JSON records straight into rows, with simdjson behind it. One thread at a time.
///
/// It either accepts a record, and then jansson would accept it too and give the same row, or it is unsure: it never
/// refuses one. Whoever calls it asks jansson about the unsure ones.
typedef struct record_scanner record_scanner;

typedef enum { record_role_feature, record_role_id, record_role_timestamp, record_role_label, record_role_weight } record_role;
typedef enum {
    record_kind_number,
    record_kind_category,
    record_kind_vector,
    record_kind_sequence,
    record_kind_time,
    record_kind_text
} record_kind;
typedef enum { record_label_absent, record_label_class, record_label_value } record_label_kind;

/// Bytes that someone else owns; no terminating zero.
typedef struct {
    const uint8_t *bytes;
    size_t count;
} record_text;

/// What one feature is, and where it goes in a row.
typedef struct {
    record_kind kind;
    /// Its first one among the numbers, or among the codes.
    size_t place;
    /// Numbers of a vector or of one step, words of a text at most.
    size_t length;
    /// Steps of a sequence at most; of more the newest ones are kept.
    size_t steps;
    /// The least count without which a record is refused; 0 for none.
    size_t needed;
} record_feature;

/// The features of one record, in memory that someone else owns.
typedef struct {
    /// Numbers and vectors, NaN where they are missing, and the steps of sequences.
    float *numbers;
    /// Hashes of categories and words; milliseconds since 1970.
    uint64_t *codes;
    /// One a feature: how much of it there is, 0 where it is missing.
    uint32_t *counts;
} record_row;

typedef struct {
    /// The JSON token with its quotes, valid until the next scan; null where the record has none.
    record_text id;
    /// Milliseconds since 1970.
    int64_t timestamp;
    bool has_timestamp;
    record_label_kind label_kind;
    size_t label_class;
    double label_value;
    double weight;
} scanned_record;

/// The longest record that is scanned; longer ones are unsure, so that the scanner's memory stays bounded.
#define RECORD_SCANNER_LONGEST ((size_t)1 << 20)

/// The last milliseconds of the year 9999, the latest time that RFC 3339 can write.
static const int64_t RECORD_LATEST_TIMESTAMP = 253402300799999;

// Making the plan. Features and classes are numbered from 0 in the order in which they are added.
/// - Parameter columns: the numbers that every row has, which are set to NaN first.
record_scanner *record_scanner_create(size_t columns, double largest_magnitude);
void record_scanner_destroy(record_scanner *scanner);
/// What stands at the path of these (unescaped) reference tokens is `role`, which is none of a feature.
void record_scanner_add_path(record_scanner *scanner, const record_text *tokens, size_t count, record_role role);
void record_scanner_add_feature(
    record_scanner *scanner, const record_text *tokens, size_t count, record_feature feature);
void record_scanner_add_text_class(record_scanner *scanner, record_text name);
void record_scanner_add_number_class(record_scanner *scanner, double number);
void record_scanner_add_boolean_class(record_scanner *scanner, bool boolean);

/// False: unsure, and `row` and `out` hold nothing of use. Allocates only where a record is longer than all before it.
bool record_scanner_scan(
    record_scanner *scanner, const uint8_t *bytes, size_t count, record_row row, scanned_record *out);

/// RFC 3339 text as milliseconds since 1970; digits beyond milliseconds are cut off. False for any other text, for a day
/// that the month hasn't, and for a time before 1970. A leap second is the second after it.
bool record_parse_timestamp(const uint8_t *bytes, size_t count, int64_t *milliseconds);

/// Room enough for any number that is printed.
#define RECORD_NUMBER_ROOM 32
/// The shortest text that reads back as the same number, and that any JSON parser takes; `null` for NaN and infinities.
size_t record_print_double(double value, uint8_t *out);
size_t record_print_float(float value, uint8_t *out);
size_t record_print_integer(int64_t value, uint8_t *out);
/// A decimal number with optional sign, fraction and exponent, all of `bytes`. False for any other text, and out of range.
bool record_parse_double(const uint8_t *bytes, size_t count, double *value);

#ifdef __cplusplus
}
#endif
