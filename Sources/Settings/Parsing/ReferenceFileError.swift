internal import DatasetFiles
internal import RecordCodecs
internal import Records

/// Why a file can't be a reference.
enum ReferenceFileError: Error {
    case unreadable(DatasetError)
    /// The features aren't such that records could be read.
    case unfit(RecordSchemaError)
    /// The record's place in the file counts from 1.
    case wrongRecord(file: String, number: Int, reason: String)
    case tooFew(file: String, column: String, found: Int, records: Int)

    var disposition: Disposition { .stop }

    var found: String {
        switch self {
        case .unreadable(let error): "\(error)"
        case .unfit(let error): "\(error)"
        case .wrongRecord(let file, let number, let reason): "\(file), record \(number): \(reason)"
        case .tooFew(let file, let column, let found, let records):
            "\(file): \(found) of its \(records) records have a value of `\(column)`"
        }
    }

    var allowed: String {
        switch self {
        case .unreadable:
            "a file in `.csv`, `.csv.gz`, `.jsonl` or `.jsonl.gz` with the watched features by their names"
        case .unfit, .wrongRecord: "records as the stream has them"
        case .tooFew: "at least \(ReferenceFile.least) values, declared ones where it is a category"
        }
    }

    var advice: String {
        switch self {
        case .unreadable: "mend the file or the path, or name the file's columns under `features`"
        case .unfit: "mend the features"
        case .wrongRecord: "mend the record"
        case .tooFew: "take a file that has the feature, or leave it out of `features`"
        }
    }
}
