internal import ArgumentParser
internal import Settings

struct DocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Print generated documentation.", shouldDisplay: false,
        subcommands: [ConfigurationDocs.self])
}

struct ConfigurationDocs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configuration", abstract: "Print Docs/Configuration.md from the settings' declarations.")

    func run() { print(ConfigurationPage.markdown, terminator: "") }
}
