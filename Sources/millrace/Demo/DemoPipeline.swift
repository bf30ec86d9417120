internal import Foundation
internal import Settings

/// The pipeline that the demo runs: the settings a user would write for the electricity stream.
enum DemoPipeline {
    static let records = 45_312

    static func settings(bootstrapServers: String, directory: String) throws -> PipelineSettings {
        let yaml = """
            pipeline: electricity
            kafka:
              bootstrap.servers: "\(bootstrapServers)"
              compression.type: lz4
              fetch.wait.max.ms: 10
              # The mock cluster lets a new group wait this long for its members.
              session.timeout.ms: 6000
            features:
              - {name: period}
              - {name: nswprice}
              - {name: nswdemand}
              - {name: vicprice}
              - {name: vicdemand}
              - {name: transfer}
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic}
            snapshots: {directory: "\(directory)", every: 10000 records, keep: 3}
            """
        return try PipelineSettings.parse(yaml, file: "the demo's settings")
    }

    static func stream() throws -> String {
        guard let path = Bundle.module.path(forResource: "electricity.csv", ofType: "gz") else {
            throw CommandError(
                "the electricity stream isn't beside the program; keep millrace_millrace.resources in the same folder")
        }
        return path
    }
}
