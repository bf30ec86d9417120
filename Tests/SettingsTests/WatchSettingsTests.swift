import DriftDetection
import Settings
import Testing

/// What `drift` says of watches that aren't about one signal's values alone.
struct WatchSettingsTests {
    private func first(_ watch: String, _ file: String = least) -> String {
        errors(file + "drift: [\(watch)]\n").first ?? "nothing"
    }

    private static let categories = """
        pipeline: words
        kafka: {bootstrap.servers: "localhost:9092"}
        features: [{name: c, kind: category, encode: one-hot, values: [x, y]}]
        target: {kind: binary, classes: [DOWN, UP]}
        model: {kind: logistic}

        """

    @Test func `features are held together by numbers of their own`() throws {
        let settings = try PipelineSettings.parse(
            least + """
                seed: 7
                drift:
                  - {watch: features}
                  - {watch: features, features: [nswdemand], detector: mmd, window: 300, every: 2, frequencies: 64,
                     reference: {records: 400}, minimum-effect: 0.2}

                """)
        #expect(settings.drift.map(\.features) == [["nswprice", "nswdemand"], ["nswdemand"]])
        let own = JointSettings(reference: 400, window: 300, every: 2, frequencies: 64)
        #expect(
            settings.drift.map(\.detector)
                == [.joint(JointSettings(reference: 1000, window: 500, every: 8, frequencies: 32)), .joint(own)])
        let configuration = own.configuration(dimensions: 1, minimumEffect: 0.2, seed: settings.seed)
        #expect(configuration.seed == 7 && configuration.minimumEffect == 0.2 && configuration.window == 300)
        #expect(settings.columns(of: ["nswdemand"]) == [1])
    }

    @Test func `vectors count with each of their values, behind the numbers`() throws {
        let settings = try PipelineSettings.parse(
            least.replacing(
                "  - {name: nswprice}\n", with: "  - {name: v, kind: vector, length: 3}\n  - {name: nswprice}\n")
                + "drift: [{watch: features}]\n")
        #expect(settings.drift[0].features == ["v", "nswprice", "nswdemand"])
        #expect(settings.columns(of: settings.drift[0].features) == [2, 3, 4, 0, 1])
    }

    @Test func `what can't be held together is refused with what can`() {
        #expect(
            first("{watch: features, detector: psi}").contains(
                "drift[0].detector: `psi` can't hold features together; allowed: for `features` `mmd`"))
        #expect(
            first("{watch: loss, detector: mmd}").contains(
                "drift[0].detector: `mmd` can't watch `loss`; allowed: for `features`"))
        #expect(first("{watch: loss, detector: mmd}").hasSuffix("write `watch: features`"))
        #expect(first("{watch: features, features: [nswprise]}").hasSuffix("did you mean `nswprice`?"))
        #expect(first("{watch: features, reference: {records: 7}}").contains("7 values are too few for `mmd`"))
        #expect(first("{watch: features, reference: {rolling: 70}}").contains("reference.rolling: has no meaning"))
        #expect(first("{watch: feature, frequencies: 8}").contains("drift[0].frequencies: has no meaning"))
        #expect(first("{watch: features}", Self.categories).contains("holds numbers together, and none is declared"))
        #expect(
            first(
                "{watch: features, features: [c]}",
                least.replacing(
                    "  - {name: nswprice}\n", with: "  - {name: c, kind: category, encode: one-hot, values: [x, y]}\n")
            )
            .contains("found `c`, which is no declared number or vector; allowed: `nswdemand`"))
    }

    @Test func `how often scores are high is watched by numbers of its own`() throws {
        let settings = try PipelineSettings.parse(
            least
                + "drift: [{watch: loss, detector: exceedance}, {watch: prediction, detector: exceedance, quantile: 0.99, "
                + "reference: {records: 300}, minimum-effect: 0.2}]\n")
        #expect(
            settings.drift.map(\.detector) == [
                .exceedance(ExceedanceSettings(reference: 1000, quantile: 0.95)),
                .exceedance(ExceedanceSettings(reference: 300, quantile: 0.99)),
            ])
        #expect(settings.drift.map(\.minimumEffect) == [nil, 0.2])
    }

    @Test func `what has no tail that counts is refused`() {
        #expect(
            first("{watch: error, detector: exceedance}").contains(
                "drift[0].detector: `exceedance` can't watch `error`; allowed: for `prediction` and `loss`"))
        #expect(first("{watch: feature, detector: exceedance}").contains("`exceedance` can't watch `feature`"))
        #expect(
            first(
                "{watch: prediction, detector: exceedance}",
                least.replacing("binary, classes: [DOWN, UP]", with: "multiclass, classes: [a, b, c]")
                    .replacing("kind: logistic", with: "kind: softmax")
            ).contains("takes scores, and the prediction is one of several classes"))
        #expect(
            first("{watch: loss, detector: exceedance, reference: {records: 99}}").contains(
                "99 values are too few for `exceedance`; allowed: 100 to 1000000 values"))
        #expect(first("{watch: loss, detector: exceedance, every: 2}").contains("every: has no meaning"))
        #expect(first("{watch: loss, quantile: 0.9}").contains("drift[0].quantile: has no meaning"))
    }
}
