extension SettingsReader {
    /// Collects every key that no declaration knows, with the nearest one that it does know.
    /// - Parameter open: the section that may hold any key.
    mutating func refuseUnknownKeys(_ declarations: [SettingDeclaration], open: String = "kafka") {
        let keys = declarations.map { $0.key.hasPrefix(open + ".") ? open : $0.key }
        let known = keys.contains(open) ? keys : keys + [open]
        walk(root, pattern: "", path: "", known: known)
    }

    private mutating func walk(
        _ section: SourceSection, pattern: String, path: String, known: [String]
    ) {
        for entry in section.entries {
            let key = pattern.isEmpty ? entry.key : "\(pattern).\(entry.key)"
            let shown = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            if known.contains(key) {
                continue
            } else if known.contains(where: { $0.hasPrefix(key + ".") }) {
                walkSection(entry, key, shown, known)
            } else if known.contains(where: { $0.hasPrefix(key + "[].") }), case .list(let items, _) = entry.node {
                for (index, item) in items.enumerated() {
                    guard case .section(let inner) = item else { continue }
                    walk(inner, pattern: key + "[]", path: "\(shown)[\(index)]", known: known)
                }
            } else if !known.contains(where: { $0.hasPrefix(key + "[].") }) {
                refuseUnknown(entry, key, shown, pattern, known)
            }
        }
    }

    private mutating func walkSection(
        _ entry: SourceSection.Entry, _ key: String, _ shown: String, _ known: [String]
    ) {
        switch entry.node {
        case .section(let inner): walk(inner, pattern: key, path: shown, known: known)
        case .scalar(let scalar) where scalar.isNull: break
        default:
            let names = Self.names(under: key, known).map { "`\($0)`" }.joined(separator: ", ")
            collect(
                shown, entry.node.place, entry.node.found, "a section with the keys \(names)",
                "write `\(entry.key): {key: value, …}`")
        }
    }

    private mutating func refuseUnknown(
        _ entry: SourceSection.Entry, _ key: String, _ shown: String, _ pattern: String, _ known: [String]
    ) {
        let here = Self.names(under: pattern, known)
        let advice: String
        if let near = NearestName.to(entry.key, among: here) {
            advice = "did you mean `\(near)`?"
        } else if let elsewhere = known.first(where: { $0.split(separator: ".").last == entry.key[...] }) {
            advice = "did you mean `\(elsewhere)`?"
        } else {
            advice = "remove it"
        }
        collect(
            shown, entry.place, "is no setting", here.map { "`\($0)`" }.joined(separator: ", "), advice)
    }

    /// The names that may stand directly in a section, in the order of their declarations.
    private static func names(under pattern: String, _ known: [String]) -> [String] {
        let prefix = pattern.isEmpty ? "" : pattern + "."
        var names: [String] = []
        for key in known where key.hasPrefix(prefix) {
            let name = String(key.dropFirst(prefix.count).prefix { $0 != "." && $0 != "[" })
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
