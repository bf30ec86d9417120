/// What the page, the help text and the messages say of one setting.
///
/// Keys of a list's items have `[]` after the list's name: `features[].name`.
package struct SettingDeclaration: Sendable, Equatable {
    package var key: String
    package var summary: String
    /// The kind of value in words, unit included: `duration (ms, s, m or h)`.
    package var type: String
    /// The range or the words that are taken.
    package var allowed: String
    /// A value that can be copied.
    package var example: String
    /// As a file would write it; nil where there is none, with the reason in `withoutDefault`.
    package var standard: String?
    /// What holds where the setting isn't given and no fixed value can be named.
    package var withoutDefault: String?
    package var isRequired: Bool
    /// Where it is of use at all: `model.optimizer.kind` is `adam`.
    package var appliesTo: Applicability?
    /// Known words that this version refuses.
    package var later: [String]

    /// A setting that means something only beside certain words of another one.
    package struct Applicability: Sendable, Equatable {
        package var key: String
        package var words: [String]
    }

    /// The key without the lists' marks: what a file writes inside of one item.
    var lastName: String { String(key.split(separator: ".").last ?? "") }

    /// What stands in the page's and the help's column for the default.
    var standardText: String {
        if isRequired { return "required" }
        return standard.map { "`\($0)`" } ?? withoutDefault ?? "none"
    }
}

/// One setting: its declaration, and how its text becomes a value and the value text.
struct Setting<Value: Sendable>: Sendable {
    let declaration: SettingDeclaration
    let form: ValueForm<Value>
    let standard: Value?

    var key: String { declaration.key }

    /// A setting that has a default.
    init(
        _ key: String, _ form: ValueForm<Value>, default standard: Value,
        appliesTo: SettingDeclaration.Applicability? = nil,
        _ summary: String
    ) {
        self.init(key, form, standard: standard, withoutDefault: nil, required: false, appliesTo: appliesTo, summary)
    }

    /// A setting that must be given.
    init(required key: String, _ form: ValueForm<Value>, _ summary: String) {
        self.init(key, form, standard: nil, withoutDefault: nil, required: true, appliesTo: nil, summary)
    }

    /// A setting without a fixed default; `otherwise` says what holds where it isn't given.
    init(
        _ key: String, _ form: ValueForm<Value>, otherwise: String, appliesTo: SettingDeclaration.Applicability? = nil,
        _ summary: String
    ) {
        self.init(key, form, standard: nil, withoutDefault: otherwise, required: false, appliesTo: appliesTo, summary)
    }

    private init(
        _ key: String, _ form: ValueForm<Value>, standard: Value?, withoutDefault: String?, required: Bool,
        appliesTo: SettingDeclaration.Applicability?, _ summary: String
    ) {
        self.form = form
        self.standard = standard
        declaration = SettingDeclaration(
            key: key, summary: summary, type: form.type, allowed: form.allowed,
            example: standard.map(form.write) ?? form.example, standard: standard.map(form.write),
            withoutDefault: withoutDefault, isRequired: required, appliesTo: appliesTo, later: form.later)
    }
}
