internal import ArgumentParser
internal import DatasetFiles
internal import Foundation
internal import KafkaClient
internal import Settings

struct ProduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "produce", abstract: "Turn a file into feature records and produce them to the features topic.",
        discussion: """
            Examples:
              millrace produce electricity.csv.gz --label class --config millrace.yaml
              millrace produce electricity.csv.gz --label class --config millrace.yaml --rate 2000
              millrace produce electricity.csv.gz --label class --config millrace.yaml --if-empty
            """)

    @OptionGroup var settings: SettingsOptions
    @Argument(help: DatasetOptions.fileHelp) var file: String
    @OptionGroup var dataset: DatasetOptions
    @Option(name: .long, help: "Records a second; as fast as the broker takes them where it isn't given.")
    var rate: Double?

    @Flag(name: .long, help: "Produce nothing where the topic has, or ever had, a record: for scripts that run again.")
    var ifEmpty = false

    func validate() throws {
        if let rate, !(rate > 0) { throw ValidationError("--rate must be above 0") }
    }

    func run() throws {
        let settings = try settings.load()
        if ifEmpty {
            let found = try BrokerTopics(settings).recordsEver(in: settings.topics.features)
            guard found == 0 else {
                return print("\(settings.topics.features) has had \(found.grouped) records; nothing was produced")
            }
        }
        var reader = try dataset.open(file, ColumnRoles(settings))
        var bar = ProgressBar("\(file) → \(settings.topics.features)")
        let feeder = try Feeder(properties: settings.kafka, topic: settings.topics.features, rate: rate)
        while let value = try reader.next() {
            try feeder.send(value)
            if feeder.sent % 1024 == 0 {
                bar.update(Double(reader.bytesRead) / Double(max(reader.byteCount, 1)), records: Int(feeder.sent))
            }
        }
        try feeder.finish()
        bar.finish()
        print("\(feeder.sent.grouped) records produced to \(settings.topics.features)")
    }
}
