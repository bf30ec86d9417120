internal import ArgumentParser
internal import Foundation
internal import Settings

/// `--config`, as often as there are pipelines to compare, and `--set` for all of them.
struct ComparedSettings: ParsableArguments {
    @Option(
        name: .long,
        help: "A pipeline's settings file; several are compared on the same records. millrace.yaml by default.")
    var config: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A setting over each file's, as often as you like: model.scope=shared.", valueName: "key=value"))
    var set: [String] = []

    /// Each pair of them is compared at every record.
    private static let most = 8

    /// One settings file and what it is called where several are shown.
    struct Named {
        var name: String
        var settings: PipelineSettings
    }

    func validate() throws {
        try SettingsOverride.validate(set)
        if config.count > Self.most {
            throw ValidationError("--config may be given \(Self.most) times, found \(config.count)")
        }
        if let twice = config.first(where: { path in config.count { $0 == path } > 1 }) {
            throw ValidationError("--config names \(twice) twice")
        }
    }

    /// - Throws: everything that is wrong with a file, in one text; or why two files can't be compared.
    func load() throws -> [Named] {
        let paths = config.isEmpty ? ["millrace.yaml"] : config
        let all = try zip(Self.names(of: paths), paths).map { name, path in
            Named(name: name, settings: try SettingsOverride.load(path, overrides: set))
        }
        for other in all.dropFirst() where other.settings.target != all[0].settings.target {
            throw CommandError(
                "\(all[0].name) and \(other.name) can't be compared: their targets differ "
                    + "(\(all[0].settings.target) and \(other.settings.target)); give both the same target")
        }
        return all
    }

    /// The files' names as far as they tell them apart, else the whole paths.
    static func names(of paths: [String]) -> [String] {
        for shorten in [
            { (path: String) in URL(filePath: path).deletingPathExtension().lastPathComponent },
            { (path: String) in URL(filePath: path).lastPathComponent },
        ] {
            let names = paths.map(shorten)
            if Set(names).count == names.count { return names }
        }
        return paths
    }
}
