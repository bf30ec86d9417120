package import RecordCodecs

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

    package init(label: String? = nil, id: String? = nil, timestamp: String? = nil, categories: Categories = .named([]))
    {
        self.label = label
        self.id = id
        self.timestamp = timestamp
        self.categories = categories
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
        let others: ColumnRole = categories == .all ? .category : .feature
        return header.map { ($0, roles[$0] ?? others) }
    }
}
