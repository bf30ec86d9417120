internal import ArgumentParser
internal import LinearAlgebra
internal import StreamTasks

@main
struct Millrace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "millrace",
        abstract: "Online machine learning on Kafka streams: normalize, predict, learn, watch, snapshot.",
        discussion: """
            Examples:
              millrace demo                                    see it work, nothing to install
              millrace init data.csv.gz --label class          settings for a file's columns
              millrace check --config millrace.yaml            validate the settings and ask the broker
              millrace topics apply --config millrace.yaml     create the topics
              millrace produce data.csv.gz --label class --config millrace.yaml
              millrace run --config millrace.yaml              the job
            """,
        version: BuildFacts.library,
        subcommands: [
            DemoCommand.self, InitCommand.self, RunCommand.self, CheckCommand.self, TopicsCommand.self,
            SnapshotsCommand.self,
            StateCommand.self,
            ProduceCommand.self, EvaluateCommand.self, BenchCommand.self, DocsCommand.self,
        ])

    static func main() {
        // Before anything else: several threads would make sums depend on how many there are.
        BLAS.configure()
        main(nil)
    }
}
