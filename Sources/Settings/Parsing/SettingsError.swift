package import Records

/// One thing that is wrong with a settings file: where, what was found, what is allowed, what to do.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's path as it was given; `--set` for a value from the command line.
    package var file: String
    /// From 1; nil where the place is a line that is missing.
    package var line: Int?
    /// In characters, from 1.
    package var column: Int?
    /// Dotted, with a list's places from 0: `features[2].scale`. Empty for the file as a whole.
    package var key: String
    /// What stands there, or in words what doesn't.
    package var found: String
    package var allowed: String
    /// What to write instead.
    package var advice: String

    package var disposition: Disposition { .stop }

    /// One line, in the form that editors jump to.
    package var description: String {
        let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
        let subject = key.isEmpty ? "" : " \(key):"
        let limits = allowed.isEmpty ? "" : "; allowed: \(allowed)"
        return "\(place):\(subject) \(found)\(limits); \(advice)"
    }
}

/// Everything that is wrong with one file, in the order of its lines.
package struct SettingsErrors: Error, Sendable, Equatable, CustomStringConvertible {
    package var errors: [SettingsError]

    package init(_ errors: [SettingsError]) {
        let places = errors.enumerated().sorted { left, right in
            (left.element.line ?? .max, left.element.column ?? .max, left.offset)
                < (right.element.line ?? .max, right.element.column ?? .max, right.offset)
        }
        self.errors = places.map(\.element)
    }

    package var disposition: Disposition { .stop }
    package var description: String { errors.map(\.description).joined(separator: "\n") }
}
