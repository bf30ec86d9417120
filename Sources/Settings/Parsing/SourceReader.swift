internal import Foundation
internal import Yams

/// Reads YAML into a `SourceSection`: environment put in, secrets read, dotted names taken apart.
///
/// It collects what is wrong and goes on; only YAML that can't be parsed ends it at once.
struct SourceReader {
    let file: String
    let environment: [String: String]
    /// The section whose keys have dots of their own: they are taken as they stand.
    let dottedSection: String
    private(set) var errors: [SettingsError] = []
    /// Aliases of aliases can make a short file endless: no settings are so many.
    private var partsLeft = 100_000

    init(file: String, environment: [String: String], dottedSection: String = "kafka") {
        self.file = file
        self.dottedSection = dottedSection
        self.environment = environment
    }

    /// Nil, with an error collected, where the text isn't one YAML mapping.
    mutating func read(_ yaml: String) -> SourceSection? {
        let root: Node?
        do {
            root = try Parser(yaml: yaml, encoding: .utf8).singleRoot()
        } catch {
            errors.append(syntaxError(error))
            return nil
        }
        guard let root, let mapping = root.mapping else {
            let place = root.map(place) ?? SourcePlace(line: 1, column: 1)
            collect(
                "", place, "found \(root == nil ? "an empty file" : "no keys")", "a mapping of keys to values",
                "start with `pipeline: NAME`")
            return nil
        }
        return section(mapping, path: "")
    }

    /// Puts a value of the command line over what the file says.
    mutating func override(_ key: String, _ value: String, in root: inout SourceSection) {
        let here = SourcePlace(line: 1, column: 1, isOverride: true)
        let node: Node
        do {
            node = try Parser(yaml: value, encoding: .utf8).singleRoot() ?? Node("")
        } catch {
            var wrong = syntaxError(error)
            (wrong.file, wrong.key, wrong.line, wrong.column) = ("--set", key, nil, nil)
            errors.append(wrong)
            return
        }
        var read = self.node(node, path: key)
        read.move(to: here)
        let path = keyPath(key, under: "")
        // Replacing can't meet a taken path.
        try? root.insert(.init(key: key, place: here, node: read), at: path, replacing: true)
    }

    private mutating func section(_ mapping: Node.Mapping, path: String) -> SourceSection {
        var section = SourceSection(place: place(.mapping(mapping)))
        for (keyNode, valueNode) in mapping {
            guard let scalar = keyNode.scalar else {
                collect(path, place(keyNode), "found a key that isn't text", "names", "write the key as a word")
                continue
            }
            let written = scalar.string
            let full = path.isEmpty ? written : "\(path).\(written)"
            let names = keyPath(written, under: path)
            let entry = SourceSection.Entry(
                key: written, place: place(keyNode), node: node(valueNode, path: full))
            do throws(PathTaken) {
                try section.insert(entry, at: names)
            } catch {
                collect(
                    full, entry.place, "stands here and in line \(error.place.line)", "one of them",
                    "remove one; a dotted name means the nested key")
            }
        }
        return section
    }

    /// The names that lead to a key: all its parts, or below the dotted section the key as it stands.
    private func keyPath(_ written: String, under path: String) -> [Substring] {
        let prefix = dottedSection + "."
        if path == dottedSection || path.hasPrefix(prefix) { return [written[...]] }
        if path.isEmpty, written.hasPrefix(prefix) { return [dottedSection[...], written.dropFirst(prefix.count)] }
        let names = written.split(separator: ".", omittingEmptySubsequences: false)
        return names.contains("") ? [written[...]] : names
    }

    private mutating func node(_ node: Node, path: String) -> SourceNode {
        partsLeft -= 1
        if partsLeft == 0 {
            collect(path, place(node), "has too many parts", "at most 100000", "use fewer aliases")
        }
        guard partsLeft > 0 else { return .scalar(SourceScalar(text: "", isPlain: true, place: place(node))) }
        switch node {
        case .scalar(let scalar): return .scalar(self.scalar(scalar, path: path))
        case .mapping(let mapping): return .section(section(mapping, path: path))
        case .sequence(let sequence):
            var items: [SourceNode] = []
            for (index, item) in sequence.enumerated() { items.append(self.node(item, path: "\(path)[\(index)]")) }
            return .list(items, place(node))
        case .alias: return .scalar(SourceScalar(text: "", isPlain: true, place: place(node)))
        }
    }

    private mutating func scalar(_ scalar: Node.Scalar, path: String) -> SourceScalar {
        let here = scalar.mark.map { SourcePlace(line: $0.line, column: $0.column) } ?? SourcePlace(line: 1, column: 1)
        var result = SourceScalar(text: scalar.string, isPlain: scalar.style == .plain, place: here)
        do throws(EnvironmentText.Failure) {
            result.text = try EnvironmentText.expand(scalar.string, environment)
        } catch {
            switch error {
            case .missing(let name):
                collect(
                    path, here, "the environment has no `\(name)`", "", "set it, or write `${\(name):-DEFAULT}`")
            case .badName(let name):
                collect(
                    path, here, "found `${\(name)}`", "letters, digits and `_`, no digit first",
                    "name a variable, or write `$${` for the text itself")
            case .unfinished:
                collect(path, here, "found `${` without its `}`", "", "close it, or write `$${` for the text itself")
            }
        }
        if path.hasPrefix("kafka."), result.text.hasPrefix("file:") { readSecret(&result, path: path) }
        return result
    }

    /// A secret's file holds the value alone; one line end after it isn't part of it.
    private mutating func readSecret(_ scalar: inout SourceScalar, path: String) {
        let secret = String(scalar.text.dropFirst(5))
        guard let data = FileManager.default.contents(atPath: secret), var text = String(data: data, encoding: .utf8)
        else {
            collect(path, scalar.place, "can't read the file `\(secret)`", "a readable file of UTF-8 text", "name one")
            return
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        scalar.text = text
        scalar.isPlain = false
        scalar.isSecret = true
    }

    private func place(_ node: Node) -> SourcePlace {
        node.mark.map { SourcePlace(line: $0.line, column: $0.column) } ?? SourcePlace(line: 1, column: 1)
    }

    private mutating func collect(
        _ key: String, _ at: SourcePlace, _ found: String, _ allowed: String, _ advice: String
    ) {
        errors.append(
            SettingsError(
                file: at.isOverride ? "--set" : file, line: at.isOverride ? nil : at.line,
                column: at.isOverride ? nil : at.column, key: key, found: found, allowed: allowed, advice: advice))
    }
}
