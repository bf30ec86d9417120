/// The settings as a command's help shows them, made from the declarations.
package enum SettingsHelp {
    /// Every setting in a few lines: key, default, what is allowed, what it does.
    /// - Parameter prefix: only keys that start with it; all of them where it is empty.
    /// - Parameter width: columns of the terminal, 40 at least.
    package static func text(prefix: String = "", width: Int = 100) -> String {
        let parts = Declared.sections.compactMap { section -> String? in
            let settings = section.settings.filter { $0.key.hasPrefix(prefix) }
            guard !settings.isEmpty else { return nil }
            return section.title.uppercased() + "\n"
                + settings.map { entry($0, max(40, width)) }.joined(separator: "\n")
        }
        return parts.joined(separator: "\n\n")
    }

    private static func entry(_ setting: SettingDeclaration, _ width: Int) -> String {
        let head = "  \(setting.key)  (\(setting.standard.map { "default \($0)" } ?? setting.standardText))"
        let body = ConfigurationPage.summary(setting) + " Allowed: \(setting.allowed)."
        return ([head] + wrapped(body.replacing("`", with: ""), width - 6).map { "      " + $0 }).joined(
            separator: "\n")
    }

    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
