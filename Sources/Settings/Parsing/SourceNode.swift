/// A settings file as it was written: scalars as text, every part with its place, dotted names taken apart.
enum SourceNode: Sendable {
    case scalar(SourceScalar)
    case list([SourceNode], SourcePlace)
    case section(SourceSection)

    var scalar: SourceScalar? { if case .scalar(let scalar) = self { scalar } else { nil } }

    var place: SourcePlace {
        switch self {
        case .scalar(let scalar): scalar.place
        case .list(_, let place): place
        case .section(let section): section.place
        }
    }

    /// What an error says was found.
    var found: String {
        switch self {
        case .scalar(let scalar) where scalar.isNull: "found nothing"
        case .scalar(let scalar) where scalar.isSecret: "found a secret"
        case .scalar(let scalar) where scalar.text.count > 60: "found `\(scalar.text.prefix(60))…`"
        case .scalar(let scalar): "found `\(scalar.text)`"
        case .list(let items, _): "found a list of \(items.count)"
        case .section(let section): "found a section with \(section.entries.count) keys"
        }
    }
}

struct SourceScalar: Sendable {
    /// With what the environment gave put in.
    var text: String
    /// Written without quotation marks.
    var isPlain: Bool
    var place: SourcePlace
    /// Came out of a file that a `file:` value named, so it is never shown.
    var isSecret = false

    /// YAML's null: nothing, `~` or `null`, unquoted.
    var isNull: Bool { isPlain && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL") }
}

/// Line and column from 1.
struct SourcePlace: Sendable, Equatable {
    var line: Int
    var column: Int
    /// Not in the file but on the command line.
    var isOverride = false
}

struct SourceSection: Sendable {
    struct Entry: Sendable {
        var key: String
        var place: SourcePlace
        var node: SourceNode
    }

    var entries: [Entry] = []
    var place: SourcePlace

    subscript(key: String) -> Entry? { entries.first { $0.key == key } }

    /// The entry at the end of a path of names.
    func entry(at path: some Collection<Substring>) -> Entry? {
        guard let first = path.first, let entry = self[String(first)] else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty { return entry }
        guard case .section(let section) = entry.node else { return nil }
        return section.entry(at: rest)
    }

    /// Puts an entry where its path leads, making the sections on the way.
    /// - Throws: `PathTaken` where something already stands there that can't be joined with it.
    mutating func insert(_ entry: Entry, at path: some Collection<Substring>, replacing: Bool = false) throws(PathTaken)
    {
        guard let first = path.first.map(String.init) else { return }
        let rest = path.dropFirst()
        let index = entries.firstIndex { $0.key == first }
        guard !rest.isEmpty else {
            try insertHere(Entry(key: first, place: entry.place, node: entry.node), index, replacing)
            return
        }
        var section = SourceSection(place: entry.place)
        if let index {
            switch entries[index].node {
            case .section(let existing): section = existing
            case .scalar(let scalar) where scalar.isNull || replacing: break
            default:
                guard replacing else { throw PathTaken(place: entries[index].place) }
            }
        }
        try section.insert(entry, at: rest, replacing: replacing)
        let made = Entry(key: first, place: index.map { entries[$0].place } ?? entry.place, node: .section(section))
        if let index { entries[index] = made } else { entries.append(made) }
    }

    private mutating func insertHere(_ entry: Entry, _ index: Int?, _ replacing: Bool) throws(PathTaken) {
        guard let index else {
            entries.append(entry)
            return
        }
        if !replacing {
            // `commit: {…}` after `commit.interval: …` adds its keys to the same section.
            guard case .section(var existing) = entries[index].node, case .section(let added) = entry.node else {
                throw PathTaken(place: entries[index].place)
            }
            for inner in added.entries { try existing.insert(inner, at: [inner.key[...]]) }
            entries[index].node = .section(existing)
        } else {
            entries[index] = entry
        }
    }
}

/// Two spellings of one key in the same file.
struct PathTaken: Error {
    /// Where the first one stands.
    var place: SourcePlace
}
