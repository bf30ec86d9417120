internal import ArgumentParser
internal import Foundation
internal import Settings

/// `--config` and `--set`, for every command that works on a pipeline.
struct SettingsOptions: ParsableArguments {
    @Option(name: .long, help: "The pipeline's settings file.")
    var config = "millrace.yaml"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A setting over the file's, as often as you like: model.scope=shared.", valueName: "key=value"))
    var set: [String] = []

    func validate() throws {
        if let wrong = set.first(where: { Self.override($0) == nil }) {
            throw ValidationError("--set takes KEY=VALUE, like model.scope=shared; found `\(wrong)`")
        }
    }

    /// - Throws: everything that is wrong with the file, in one text.
    func load() throws -> PipelineSettings {
        try PipelineSettings.load(
            path: config, environment: ProcessInfo.processInfo.environment, overrides: set.compactMap(Self.override))
    }

    private static func override(_ text: String) -> (key: String, value: String)? {
        guard let mark = text.firstIndex(of: "="), mark > text.startIndex else { return nil }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
}
