/// `Docs/Configuration.md`, made from the declarations.
package enum ConfigurationPage {
    package static var markdown: String {
        let parts = [head, example] + Declared.sections.map(section) + [kafka, values]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static let head = """
        # Configuration

        <!-- Made from the declarations in Sources/Settings: change them, not this page. A test fails when it is stale. -->

        One YAML file describes one pipeline. An unknown key, a wrong type, a value out of range or a missing required key
        is an error that names the key, the line, what was found and what is allowed; all of them are said at once, and
        nothing starts. `millrace check` does this and also asks the brokers.
        """

    private static let example = """
        ```yaml
        \(exampleSettings)```
        """

    private static func section(
        _ section: (title: String, summary: String, settings: [SettingDeclaration])
    ) -> String {
        let rows = section.settings.map { setting in
            "| `\(setting.key)` | \(cell(setting.type)) | \(cell(allowed(setting))) | \(cell(setting.standardText)) "
                + "| \(cell(summary(setting))) |"
        }
        return """
            ## \(section.title)

            \(section.summary)

            | key | type | allowed | default | what it does |
            |---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    static func summary(_ setting: SettingDeclaration) -> String {
        guard let use = setting.appliesTo else { return setting.summary }
        return setting.summary + " Only where `\(use.key)` is \(use.words.map { "`\($0)`" }.joined(separator: " or "))."
    }

    private static func allowed(_ setting: SettingDeclaration) -> String {
        setting.later.isEmpty
            ? setting.allowed
            : setting.allowed + "; later: " + setting.later.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    private static var kafka: String {
        let rows = KafkaProperties.owned.map { "| `\($0.name)` | \($0.allowed) | \($0.advice) |" }
        return """
            ## Under `kafka`

            Every other key is one of librdkafka's properties, under its whole dotted name, and goes to consumer and producers
            as it is. `group.id` is the pipeline's name unless it is given here; `group.instance.id` makes the process a
            static member. These are refused, because Millrace decides them:

            | property | instead | what to do |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            A value `file:PATH` is read from that file, without the line end after it. Passwords, keys and whatever came from
            a file are never printed.
            """
    }

    private static let values = """
        ## Values

        - `${NAME}` is the environment variable's value, `${NAME:-TEXT}` has a default; `$${` is the text `${` itself. A
          variable that isn't there is an error. Inside `{…}` and `[…]` YAML wants quotation marks around it.
        - A dotted name means the nested key: `commit.interval: 100ms` is `commit: {interval: 100ms}`. Both at once are an
          error. Under `kafka` names are taken as they stand.
        - A key that stands twice is an error.
        - Durations have a unit: `100ms`, `30s`, `5m`, `24h`. Counts of records may be written `10000 records`.
        - Paths of files are relative to the folder that Millrace is started in.
        - A change of features, target, model, learning, drift, evaluation, record paths, labels, limits or the seed doesn't fit
          a snapshot that was made before: it is refused by the key that changed, and `--from-scratch` starts anew.
        """
}
