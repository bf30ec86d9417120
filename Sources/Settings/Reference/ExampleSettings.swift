extension ConfigurationPage {
    /// A file that says most of what can be said; a test parses it.
    package static let exampleSettings = """
        pipeline: electricity
        kafka:
          bootstrap.servers: localhost:9092
        delivery: at-least-once
        topics:
          features: electricity.features
        record:
          id: /id
          timestamp: /timestamp
          label: /label
          weight: /weight
        features:
          - {name: nswprice, path: /features/nswprice, kind: number, scale: standard, missing: mean}
          - {name: nswdemand}
        target: {kind: binary, classes: [DOWN, UP]}
        model: {kind: logistic, optimizer: {kind: adagrad, step-size: 0.1}, l2: 1e-6}
        learning: {batch: 1}
        drift:
          - {watch: loss, detector: adwin}
          - {watch: feature, detector: page-hinkley, features: [nswprice]}
        evaluation: {window: 1000 records, fading: 0.999}
        snapshots: {store: directory, directory: ./snapshots, every: 30s, keep: 10}
        commit: {interval: 100ms, records: 10000}
        workers: 1
        seed: 42
        http: {listen: 127.0.0.1:8080}

        """
}
