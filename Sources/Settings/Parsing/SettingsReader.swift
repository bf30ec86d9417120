/// Takes declared settings out of a source, collecting what is wrong and what the values came to.
struct SettingsReader {
    let file: String
    let root: SourceSection
    private(set) var errors: [SettingsError] = []
    private(set) var resolved: [ResolvedSetting] = []

    init(file: String, root: SourceSection) {
        self.file = file
        self.root = root
    }

    /// One item of a list of sections.
    struct Item {
        var section: SourceSection
        /// `features[2]`: how errors name it.
        var path: String
        /// `features.nswprice`: how resolved settings name it.
        var name: String
        /// Isn't in the file: it holds because nothing else was said.
        var isDefault = false
    }

    /// The value of a setting; its default where it isn't given or is wrong, nil where it has none.
    /// - Parameter fallback: what holds instead of the declared default where that depends on other settings.
    mutating func value<Value>(_ setting: Setting<Value>, in item: Item? = nil, fallback: Value? = nil) -> Value? {
        let standard = fallback ?? setting.standard
        let path = path(setting.declaration, item)
        guard let entry = entry(setting.declaration, item) else {
            if setting.declaration.isRequired {
                let place = item?.section.place
                collect(
                    path, place, "isn't given", setting.declaration.allowed,
                    "add `\(setting.declaration.lastName): \(setting.declaration.example)`")
            }
            if let standard { note(setting, standard, item, isDefault: true) }
            return standard
        }
        guard let value = setting.form.read(entry.node) else {
            refuse(setting.declaration, path, entry.node)
            return standard
        }
        note(setting, value, item, isDefault: false)
        return value
    }

    /// A setting's value as another one rests on it; it is read, and said to be wrong, in its own turn.
    func peek<Value>(_ setting: Setting<Value>) -> Value? {
        guard let entry = entry(setting.declaration, nil) else { return setting.standard }
        return setting.form.read(entry.node) ?? setting.standard
    }

    /// Says that a setting is of no use here, where it is given all the same.
    mutating func refuseUnused(_ declaration: SettingDeclaration, in item: Item? = nil, because chosen: String) {
        guard let entry = entry(declaration, item), let use = declaration.appliesTo else { return }
        let words = use.words.map { "`\($0)`" }.joined(separator: " or ")
        collect(
            path(declaration, item), entry.place, "has no meaning where `\(use.key)` is `\(chosen)`",
            "beside \(words) alone", "remove it")
    }

    /// The sections of a list; empty, with the error collected, where it is no such list.
    mutating func items(_ key: String, naming: (SourceSection, Int) -> String) -> [Item] {
        guard let entry = root[key] else { return [] }
        guard case .list(let nodes, _) = entry.node else {
            if entry.node.scalar?.isNull == true { return [] }
            collect(key, entry.node.place, entry.node.found, "a list", "start each item with `- `")
            return []
        }
        return nodes.enumerated().compactMap { index, node in
            guard case .section(let section) = node else {
                collect(
                    "\(key)[\(index)]", node.place, node.found, "a section of keys", "write `{key: value, …}`")
                return nil
            }
            return Item(section: section, path: "\(key)[\(index)]", name: "\(key).\(naming(section, index))")
        }
    }

    /// A finding that rests on more than one setting, said at the place of `key`.
    mutating func contradict(
        _ key: String, in item: Item? = nil, _ found: String, allowed: String, advice: String
    ) {
        let names = key.split(separator: ".")
        let place = (item?.section ?? root).entry(at: names)?.node.place ?? item?.section.place
        collect(item.map { "\($0.path).\(key)" } ?? key, place, found, allowed, advice)
    }

    mutating func collect(_ error: SettingsError) { errors.append(error) }

    mutating func collect(_ key: String, _ at: SourcePlace?, _ found: String, _ allowed: String, _ advice: String) {
        let overridden = at?.isOverride ?? false
        errors.append(
            SettingsError(
                file: overridden ? "--set" : file, line: overridden ? nil : at?.line,
                column: overridden ? nil : at?.column, key: key, found: found, allowed: allowed, advice: advice))
    }

    private mutating func refuse(_ declaration: SettingDeclaration, _ path: String, _ node: SourceNode) {
        if let word = node.scalar?.text, declaration.later.contains(word) {
            collect(
                path, node.place, "`\(word)` is not available in this version", declaration.allowed,
                "write `\(declaration.example)`")
            return
        }
        let near = node.scalar.flatMap { scalar in
            NearestName.to(scalar.text, among: declaration.allowed.split(separator: "`").map(String.init))
        }
        let meant = declaration.type == "word" ? near : nil
        collect(
            path, node.place, node.found, declaration.allowed,
            meant.map { "did you mean `\($0)`?" }
                ?? "write for example `\(declaration.lastName): \(declaration.example)`")
    }

    private func entry(_ declaration: SettingDeclaration, _ item: Item?) -> SourceSection.Entry? {
        guard item != nil else { return root.entry(at: declaration.key.split(separator: ".")) }
        return item?.section.entry(at: declaration.namesInItem)
    }

    private func path(_ declaration: SettingDeclaration, _ item: Item?) -> String {
        item.map { "\($0.path).\(declaration.namesInItem.joined(separator: "."))" } ?? declaration.key
    }

    private mutating func note<Value>(_ setting: Setting<Value>, _ value: Value, _ item: Item?, isDefault: Bool) {
        let inItem = setting.declaration.namesInItem.joined(separator: ".")
        let key = item.map { "\($0.name).\(inItem)" } ?? setting.key
        resolved.append(
            ResolvedSetting(key: key, text: setting.form.write(value), isDefault: isDefault || item?.isDefault == true))
    }
}

extension SettingDeclaration {
    /// The path inside of one item of a list; the whole path where the setting isn't in one.
    var namesInItem: [Substring] {
        let inside = key.firstRange(of: "[].").map { key[$0.upperBound...] } ?? key[...]
        return inside.split(separator: ".")
    }
}
