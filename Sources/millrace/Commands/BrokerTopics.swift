internal import Foundation
internal import KafkaClient
internal import Settings

/// The pipeline's topics as a cluster has them.
struct BrokerTopics {
    private let admin: Admin
    private let settings: PipelineSettings
    /// Without the group: what is asked here is asked by nobody's member.
    private let properties: [String: String]
    private static let timeout: Int32 = 15_000

    init(_ settings: PipelineSettings) throws {
        self.settings = settings
        properties = settings.kafka.filter { $0.key != "group.id" && $0.key != "group.instance.id" }
        admin = try Admin(properties: properties) { _ in }
    }

    func partitionCounts() throws -> [String: Int] { try admin.partitionCounts(timeoutMilliseconds: Self.timeout) }

    func config(of topic: String) throws -> [String: String] {
        try admin.topicConfig(topic, timeoutMilliseconds: Self.timeout).compactMapValues(\.value)
    }

    /// How many records a topic has ever had, those included that retention has deleted.
    func recordsEver(in topic: String) throws -> Int {
        guard let partitions = try partitionCounts()[topic] else { throw CommandError("there is no topic \(topic)") }
        let reader = try Consumer(properties: properties) { _ in }
        defer { reader.close(deadlineMilliseconds: 2_000) }
        return try (0..<Int32(clamping: partitions)).reduce(0) { sum, partition in
            let place = TopicPartition(topic: topic, partition: partition)
            return sum + Int(try reader.watermarks(place, timeoutMilliseconds: Self.timeout).high)
        }
    }

    /// What has to be done for the declarations to hold.
    func plan(_ declarations: [TopicDeclaration]) throws -> TopicPlan {
        let counts = try partitionCounts()
        var found: [String: TopicPlan.Found] = [:]
        for declaration in declarations {
            let name = declaration.name(in: settings.topics)
            guard let partitions = counts[name] else { continue }
            found[name] = TopicPlan.Found(
                partitions: partitions, replicas: declaration.replicas, config: try config(of: name))
        }
        return TopicPlan(declarations, names: settings.topics, found: found)
    }

    /// Creates the plan's missing topics and waits until the brokers know them.
    func carryOut(_ plan: TopicPlan) throws {
        let new = plan.steps.compactMap { step -> NewTopic? in
            guard case .create(let partitions, let replicas, let config) = step.action else { return nil }
            return NewTopic(name: step.topic, partitions: partitions, replication: replicas, config: config)
        }
        guard !new.isEmpty else { return }
        let errors = try admin.createTopics(new, timeoutMilliseconds: Self.timeout)
        if let (topic, error) = errors.first(where: { !$0.value.isTopicAlreadyExists }) {
            throw CommandError("\(topic) can't be created: \(error)")
        }
        let deadline = Date(timeIntervalSinceNow: 15)
        while Date() < deadline {
            let counts = try partitionCounts()
            if new.allSatisfy({ counts[$0.name] != nil }) { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw CommandError("the topics were created, but the brokers don't list them yet; try again in a moment")
    }
}

/// A command's failure in words.
struct CommandError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
