internal import ArgumentParser
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

    func validate() throws { try SettingsOverride.validate(set) }

    /// - Throws: everything that is wrong with the file, in one text.
    func load() throws -> PipelineSettings { try SettingsOverride.load(config, overrides: set) }
}
