import Settings

/// The least that a file must say.
let least = """
    pipeline: electricity
    kafka: {bootstrap.servers: "localhost:9092"}
    features:
      - {name: nswprice}
      - {name: nswdemand}
    target: {kind: binary, classes: [DOWN, UP]}
    model: {kind: logistic}

    """

/// The least for numbers.
let leastRegression = """
    pipeline: flights
    kafka: {bootstrap.servers: "localhost:9092"}
    features: [{name: distance}]
    target: {kind: regression}
    model: {kind: linear}

    """

/// The errors of a file, one line each; empty where it is right.
func errors(
    _ yaml: String, environment: [String: String] = [:], overrides: [(key: String, value: String)] = []
) -> [String] {
    do throws(SettingsErrors) {
        _ = try PipelineSettings.parse(yaml, file: "m.yaml", environment: environment, overrides: overrides)
        return []
    } catch {
        return error.errors.map(\.description)
    }
}
