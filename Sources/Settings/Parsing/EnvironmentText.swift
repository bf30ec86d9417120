/// `${NAME}` and `${NAME:-default}` in a settings file's values.
package enum EnvironmentText {
    package enum Failure: Error, Equatable {
        case missing(name: String)
        case unfinished
        case badName(String)
    }

    /// Puts the environment's values in; `$${` stands for `${` itself. What was put in is not looked at again.
    /// Cost: O(length).
    package static func expand(_ text: String, _ environment: [String: String]) throws(Failure) -> String {
        guard text.contains("${") else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            if rest[..<start.lowerBound].hasSuffix("$") {
                result += rest[..<start.lowerBound].dropLast() + "${"
                rest = rest[start.upperBound...]
                continue
            }
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { throw .unfinished }
            result += try value(of: rest[start.upperBound..<end], environment)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func value(of reference: Substring, _ environment: [String: String]) throws(Failure) -> String {
        let mark = reference.firstRange(of: ":-")
        let name = String(mark.map { reference[..<$0.lowerBound] } ?? reference)
        let isName =
            name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
            } && name.first.map { !$0.isNumber } ?? false
        guard isName else { throw .badName(name) }
        // As in a shell, an empty variable takes the default too.
        if let value = environment[name], !value.isEmpty || mark == nil { return value }
        guard let mark else { throw .missing(name: name) }
        return String(reference[mark.upperBound...])
    }
}
