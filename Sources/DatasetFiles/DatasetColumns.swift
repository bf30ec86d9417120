package import RecordCodecs

/// One feature made of several columns of a CSV file: an array of their cells, in this order.
package struct VectorColumns: Sendable, Equatable {
    package var name: String
    package var columns: [String]

    package init(name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }
}

/// Which columns of a CSV file are what; all others are features.
package struct DatasetColumns: Sendable, Equatable {
    package enum Categories: Sendable, Equatable {
        case named([String])
        case all
    }

    package var label: String?
    package var id: String?
    package var timestamp: String?
    /// Features that are strings even where they look like numbers.
    package var categories: Categories
    /// Features that are numbers, whatever `categories` says of all: a cell that says `NA` or the like is null.
    package var numbers: Set<String>
    /// A column may stand in several of them; in one it is no feature of its own.
    package var vectors: [VectorColumns]

    package init(
        label: String? = nil, id: String? = nil, timestamp: String? = nil, categories: Categories = .named([]),
        numbers: Set<String> = [], vectors: [VectorColumns] = []
    ) {
        self.label = label
        self.id = id
        self.timestamp = timestamp
        self.categories = categories
        self.numbers = numbers
        self.vectors = vectors
    }

    /// The role of every column of `header`.
    package func roles(_ header: [String], file: String) throws(DatasetError) -> [(name: String, role: ColumnRole)] {
        var named: [(name: String, role: ColumnRole)] = [
            label.map { ($0, .label) }, id.map { ($0, .id) }, timestamp.map { ($0, .timestamp) },
        ].compactMap(\.self)
        if case .named(let categories) = categories { named += categories.map { ($0, .category) } }
        var roles: [String: ColumnRole] = [:]
        for (name, role) in named {
            guard header.contains(name) else { throw .unknownColumn(file: file, column: name, header: header) }
            guard roles.updateValue(role, forKey: name) == nil else { throw .twoRoles(file: file, column: name) }
        }
        for name in Set(vectors.flatMap(\.columns)).sorted() {
            guard header.contains(name) else { throw .unknownColumn(file: file, column: name, header: header) }
            guard roles.updateValue(.vectorPart, forKey: name) == nil else { throw .twoRoles(file: file, column: name) }
        }
        for vector in vectors where header.contains(vector.name) && roles[vector.name] == nil {
            throw .twoRoles(file: file, column: vector.name)
        }
        let others: ColumnRole = categories == .all ? .category : .feature
        return header.map { ($0, roles[$0] ?? (numbers.contains($0) ? .number : others)) }
    }

    /// The vectors with the places of their columns in `header`, which has all of them.
    func vectorCells(_ header: [String]) -> [(name: String, cells: [Int])] {
        let places = Dictionary(header.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        return vectors.map { ($0.name, $0.columns.compactMap { places[$0] }) }
    }
}
