internal import ArgumentParser
internal import Foundation
internal import Settings

/// `--set`: settings over a file's.
enum SettingsOverride {
    static func validate(_ texts: [String]) throws {
        if let wrong = texts.first(where: { pair($0) == nil }) {
            throw ValidationError("--set takes KEY=VALUE, like model.scope=shared; found `\(wrong)`")
        }
    }

    /// - Throws: everything that is wrong with the file, in one text.
    static func load(_ path: String, overrides: [String]) throws -> PipelineSettings {
        try PipelineSettings.load(
            path: path, environment: ProcessInfo.processInfo.environment, overrides: overrides.compactMap(pair))
    }

    private static func pair(_ text: String) -> (key: String, value: String)? {
        guard let mark = text.firstIndex(of: "="), mark > text.startIndex else { return nil }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
}
