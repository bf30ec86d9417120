internal import ArgumentParser
internal import Foundation
internal import Settings

/// `--config`, for every command that works on a pipeline.
struct SettingsOptions: ParsableArguments {
    @Option(name: .long, help: "The pipeline's settings file.")
    var config = "millrace.yaml"

    /// - Throws: everything that is wrong with the file, in one text.
    func load() throws -> PipelineSettings {
        try PipelineSettings.load(path: config, environment: ProcessInfo.processInfo.environment)
    }
}
