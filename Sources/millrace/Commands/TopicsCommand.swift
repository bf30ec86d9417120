internal import ArgumentParser
internal import Foundation
internal import KafkaClient
internal import Settings

struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Create the pipeline's topics as declared, or compare them.",
        discussion: """
            `+` is made, `~` is changed, `!` can't be done without moving records, `=` is as declared.

            Examples:
              millrace topics diff --config millrace.yaml
              millrace topics apply --config millrace.yaml
            """,
        subcommands: [ApplyTopics.self, DiffTopics.self])
}

struct DiffTopics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say what differs; exit 1 where anything does.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var declarations: DeclarationOptions

    func run() throws {
        let settings = try settings.load()
        let topics = try BrokerTopics(settings)
        let plan = try topics.plan(try declarations.load().used(by: settings))
        for step in plan.steps { print(step) }
        if !plan.isEmpty { throw ExitCode.failure }
    }
}

struct ApplyTopics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Create what is missing; exit 1 where something can't be done.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var declarations: DeclarationOptions

    func run() throws {
        let settings = try settings.load()
        let topics = try BrokerTopics(settings)
        let plan = try topics.plan(try declarations.load().used(by: settings))
        for step in plan.steps { print(step) }
        try topics.carryOut(plan)
        if !plan.refusals.isEmpty { throw ExitCode.failure }
    }
}

/// `--topics`, the folder of declarations.
struct DeclarationOptions: ParsableArguments {
    @Option(name: .long, help: "A folder of topic declarations; Millrace's own where it isn't given.")
    var topics: String?

    func load() throws -> [TopicDeclaration] {
        try topics.map { try TopicDeclarations.load(folder: $0) } ?? TopicDeclarations.builtIn()
    }
}
