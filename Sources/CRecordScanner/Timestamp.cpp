#include "RecordScanner.h"

namespace {

/// Days since 1970 of a day in the proleptic Gregorian calendar.
/// Source: the count of days runs from the first of March, so that the leap day comes last in its year.
int64_t days_since_1970(int64_t year, int64_t month, int64_t day) {
    if (month <= 2) {
        year -= 1;
        month += 12;
    }
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1 - 719468;
}

int64_t days_in_month(int64_t year, int64_t month) {
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/// Reads from the front; after something unexpected `good` is false, and stays so.
struct Reader {
    const uint8_t *bytes;
    size_t count;
    size_t place = 0;
    bool good = true;

    bool digit() const { return place < count && bytes[place] >= '0' && bytes[place] <= '9'; }

    int64_t digits(int number) {
        int64_t value = 0;
        while (number-- > 0) {
            good = good && digit();
            if (!good) { return 0; }
            value = value * 10 + (bytes[place++] - '0');
        }
        return value;
    }

    bool take(uint8_t a, uint8_t b) {
        if (place >= count || (bytes[place] != a && bytes[place] != b)) { return false; }
        place++;
        return true;
    }

    void expect(uint8_t a, uint8_t b) { good = take(a, b) && good; }
};

} // namespace

bool record_parse_timestamp(const uint8_t *bytes, size_t count, int64_t *milliseconds) {
    Reader text{bytes, count};
    const int64_t year = text.digits(4);
    text.expect('-', '-');
    const int64_t month = text.digits(2);
    text.expect('-', '-');
    const int64_t day = text.digits(2);
    // RFC 3339 allows lower case, and a space for readability.
    if (!text.take('T', 't')) { text.expect(' ', ' '); }
    const int64_t hour = text.digits(2);
    text.expect(':', ':');
    const int64_t minute = text.digits(2);
    text.expect(':', ':');
    const int64_t second = text.digits(2);
    int64_t fraction = 0;
    if (text.take('.', '.')) {
        text.good = text.good && text.digit();
        for (int64_t unit = 100; text.digit(); unit /= 10, text.place++) { fraction += unit * (bytes[text.place] - '0'); }
    }
    int64_t offset = 0;
    if (!text.take('Z', 'z')) {
        const bool west = text.place < count && bytes[text.place] == '-';
        text.expect('+', '-');
        const int64_t hours = text.digits(2);
        text.expect(':', ':');
        const int64_t minutes = text.digits(2);
        text.good = text.good && hours <= 23 && minutes <= 59;
        offset = (west ? -1 : 1) * (hours * 60 + minutes);
    }
    if (!text.good || text.place != count || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)
        || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    const int64_t minutes = (days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset;
    // A leap second is the last one of a UTC day.
    if (second == 60 && minutes % 1440 != 1439) { return false; }
    *milliseconds = (minutes * 60 + second) * 1000 + fraction;
    return *milliseconds >= 0 && *milliseconds <= RECORD_LATEST_TIMESTAMP;
}
