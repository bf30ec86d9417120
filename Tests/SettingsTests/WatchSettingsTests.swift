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
}
