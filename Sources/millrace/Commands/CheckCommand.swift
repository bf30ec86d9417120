internal import ArgumentParser
internal import KafkaClient
internal import Settings

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the settings and ask the brokers, without consuming anything.",
        discussion: """
            Exits 0 where the pipeline could run, 1 where something is wrong.

            Examples:
              millrace check --config millrace.yaml
              millrace check --config millrace.yaml --offline     the settings alone
              millrace check --config millrace.yaml --verbose     with every setting's value
            """)

    @OptionGroup var settings: SettingsOptions
    @Flag(name: .long, help: "Don't ask the brokers.") var offline = false
    @Flag(name: .long, help: "Print every setting's value; secrets are not shown.") var verbose = false

    func run() throws {
        let path = settings.config
        let settings = try settings.load()
        print("settings   ok   \(path)")
        if verbose { print(settings.redacted) }
        if offline { return }
        var problems = 0
        for finding in try TopicFindings(settings).all() {
            print("\(finding.isProblem ? "PROBLEM" : "ok     ")  \(finding.text)")
            if finding.isProblem { problems += 1 }
        }
        if problems > 0 { throw ExitCode.failure }
    }
}

/// What the brokers say about the topics that a pipeline uses.
struct TopicFindings {
    struct Finding {
        var isProblem: Bool
        var text: String
    }

    private let settings: PipelineSettings
    private let topics: BrokerTopics

    init(_ settings: PipelineSettings) throws {
        self.settings = settings
        topics = try BrokerTopics(settings)
    }

    func all() throws -> [Finding] {
        let counts = try topics.partitionCounts()
        var findings: [Finding] = []
        for name in settings.usedTopics {
            guard let partitions = counts[name] else {
                findings.append(
                    Finding(
                        isProblem: true,
                        text:
                            "\(name): there is no such topic, or it may not be seen; `millrace topics apply` creates it"
                    ))
                continue
            }
            findings.append(Finding(isProblem: false, text: "\(name): \(partitions) partitions"))
        }
        for input in [settings.topics.features, settings.topics.labels].compactMap({ $0 }) where counts[input] != nil {
            findings += try compactionFindings(input)
        }
        findings += alignmentFindings(counts)
        if settings.snapshots.store == .topic, counts[settings.topics.snapshots] != nil {
            findings += try snapshotFindings()
        }
        if let partitions = counts[settings.topics.features], settings.workers > partitions {
            findings.append(
                Finding(
                    isProblem: false,
                    text: "workers: \(settings.workers) threads for \(partitions) partitions; some will idle"))
        }
        return findings
    }

    private func alignmentFindings(_ counts: [String: Int]) -> [Finding] {
        guard let features = counts[settings.topics.features] else { return [] }
        return settings.alignedTopics.compactMap { topic in
            guard let count = counts[topic], count != features else { return nil }
            return Finding(
                isProblem: true,
                text: "\(topic): has \(count) partitions, \(settings.topics.features) has \(features); "
                    + "they must be the same, because each task uses the partition of its own number")
        }
    }

    private func snapshotFindings() throws -> [Finding] {
        let topic = settings.topics.snapshots
        guard let policy = try topics.config(of: topic)["cleanup.policy"], policy != "compact" else { return [] }
        return [
            Finding(
                isProblem: true,
                text:
                    "\(topic): cleanup.policy is \(policy); deletion takes the snapshots of a task that stands still, "
                    + "use compact")
        ]
    }

    private func compactionFindings(_ topic: String) throws -> [Finding] {
        let policy = try topics.config(of: topic)["cleanup.policy"] ?? ""
        guard policy.contains("compact") else { return [] }
        return [
            Finding(
                isProblem: true,
                text:
                    "\(topic): cleanup.policy is \(policy); compaction removes records that a replay needs, use delete")
        ]
    }
}
