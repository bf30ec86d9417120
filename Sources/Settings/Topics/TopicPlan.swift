/// What has to be done so that a cluster's topics are as declared. It is made without asking anyone, and carried out by
/// whoever has a connection.
package struct TopicPlan: Sendable, Equatable {
    /// A topic as a cluster has it.
    package struct Found: Sendable, Equatable {
        package var partitions: Int
        package var replicas: Int
        /// All settings that hold for it, the brokers' defaults included.
        package var config: [String: String]

        package init(partitions: Int, replicas: Int, config: [String: String]) {
            self.partitions = partitions
            self.replicas = replicas
            self.config = config
        }
    }

    package struct ConfigChange: Sendable, Equatable {
        package var key: String
        /// Nil where the cluster didn't say.
        package var from: String?
        package var to: String
    }

    package enum Action: Sendable, Equatable {
        case none
        case create(partitions: Int, replicas: Int, config: [String: String])
        /// Only these keys; what isn't declared stays as it is.
        case change([ConfigChange])
        /// Can't be mended without moving records: said, never done.
        case refuse(reason: String, advice: String)
    }

    package struct Step: Sendable, Equatable {
        package var topic: String
        package var kind: TopicDeclaration.Kind
        package var action: Action
    }

    /// In the order of the declarations; a topic that is refused can have a change as well.
    package var steps: [Step]

    /// Whether the cluster is as declared.
    package var isEmpty: Bool { steps.allSatisfy { $0.action == .none } }
    package var refusals: [Step] {
        steps.filter { if case .refuse = $0.action { true } else { false } }
    }

    /// - Parameter found: the topics that exist, by name.
    package init(_ declarations: [TopicDeclaration], names: TopicNames, found: [String: Found]) {
        steps = declarations.flatMap { declaration in
            let topic = declaration.name(in: names)
            return Self.actions(declaration, found[topic]).map {
                Step(topic: topic, kind: declaration.kind, action: $0)
            }
        }
    }

    private static func actions(_ declared: TopicDeclaration, _ found: Found?) -> [Action] {
        guard let found else {
            return [.create(partitions: declared.partitions, replicas: declared.replicas, config: declared.config)]
        }
        var actions: [Action] = []
        if found.partitions != declared.partitions {
            actions.append(
                .refuse(
                    reason: "has \(found.partitions) partitions, declared are \(declared.partitions)",
                    advice:
                        "declare \(found.partitions), or make a new topic: with another count keys move to other partitions"
                ))
        }
        if declared.replicas > 0, found.replicas != declared.replicas {
            actions.append(
                .refuse(
                    reason: "has \(found.replicas) replicas, declared are \(declared.replicas)",
                    advice: "declare \(found.replicas) or -1, or reassign them with Kafka's own tool"))
        }
        let changes = declared.config.sorted { $0.key < $1.key }.filter { found.config[$0.key] != $0.value }
            .map { ConfigChange(key: $0.key, from: found.config[$0.key], to: $0.value) }
        if !changes.isEmpty { actions.append(.change(changes)) }
        return actions.isEmpty ? [.none] : actions
    }
}

extension TopicPlan.Step: CustomStringConvertible {
    /// One line: `+` is made, `~` is changed, `!` is refused, `=` is as declared.
    package var description: String {
        switch action {
        case .none: return "= \(topic)"
        case .create(let partitions, let replicas, let config):
            let copies = replicas < 0 ? "the brokers' default of" : String(replicas)
            let settings = config.sorted { $0.key < $1.key }.map { ", \($0.key)=\($0.value)" }.joined()
            return "+ \(topic): \(partitions) partitions, \(copies) replicas\(settings)"
        case .change(let changes):
            return "~ \(topic): "
                + changes.map { "\($0.key) \($0.from ?? "not set") -> \($0.to)" }.joined(separator: ", ")
        case .refuse(let reason, let advice): return "! \(topic): \(reason); \(advice)"
        }
    }
}
