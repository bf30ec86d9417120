internal import DatasetFiles

/// A file's records for pipelines that may make different vectors of its columns: one reader for each way to read it, all at the
/// same row.
struct FileRecords {
    let path: String
    private let readers: [Reader]
    /// By pipeline, which reader is its own.
    private let places: [Int]

    /// A reader can't stand in an array by itself.
    private final class Reader {
        var reader: DatasetReader
        init(_ reader: consuming DatasetReader) { self.reader = reader }
    }

    /// - Parameter roles: what each pipeline says of the columns.
    init(_ path: String, _ options: DatasetOptions, _ roles: [ColumnRoles]) throws {
        self.path = path
        var ways: [ColumnRoles] = []
        for role in roles where !ways.contains(role) { ways.append(role) }
        places = roles.map { role in ways.firstIndex(of: role) ?? 0 }
        readers = try ways.map { Reader(try options.open(path, $0)) }
    }

    /// Hands over the file's records in their order, each as all pipelines see it, with the share of the file that is read.
    func forEach(_ body: (_ views: [UnsafeRawBufferPointer], _ share: Double) -> Void) throws {
        var views: [UnsafeRawBufferPointer] = []
        while true {
            views.removeAll(keepingCapacity: true)
            for each in readers {
                guard let view = try each.reader.next() else { return }
                views.append(view)
            }
            body(views, Double(readers[0].reader.bytesRead) / Double(max(readers[0].reader.byteCount, 1)))
        }
    }

    /// Hands over the records of several passes, shuffled or not, from memory.
    func forEach(
        passes: Int, shuffle: UInt64?, _ body: (_ views: [UnsafeRawBufferPointer], _ share: Double) -> Void
    ) throws {
        let kept = try readers.map { try KeptRecords(&$0.reader) }
        let whole = Double(max(passes * kept[0].count, 1))
        var done = 0
        for pass in 0..<passes {
            for number in kept[0].order(pass: pass, shuffle: shuffle) {
                done += 1
                Self.withViews(of: number, in: kept[...], []) { body($0, Double(done) / whole) }
            }
        }
    }

    /// One record of each, all of them valid as long as `body` runs.
    private static func withViews(
        of number: Int, in kept: ArraySlice<KeptRecords>, _ views: [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) -> Void
    ) {
        guard let first = kept.first else { return body(views) }
        first.withRecord(number) { withViews(of: number, in: kept.dropFirst(), views + [$0], body) }
    }

    /// The view that is a pipeline's own.
    func view(_ views: [UnsafeRawBufferPointer], for pipeline: Int) -> UnsafeRawBufferPointer {
        views[places[pipeline]]
    }
}
