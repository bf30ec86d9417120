import DriftDetection
import Records
import Testing

import Settings

struct CrossCheckTests {
    @Test func `what a later version has is refused by name`() {
        let expected = "record.format: `avro` is not available in this version; allowed: `json`"
        let found = errors(least + "record: {format: avro}\n")
        #expect(found.count == 1)
        #expect(found.first?.contains(expected) ?? false, "\(found)")
    }

    @Test func `model, loss and target fit each other`() {
        #expect(
            errors(leastRegression.replacing("linear", with: "logistic"))[0].contains(
                "model.kind: `logistic` can't predict a number"))
        #expect(
            errors(least.replacing("logistic", with: "linear"))[0].contains(
                "model.kind: `linear` can't predict a class"))
        #expect(
            errors(least + "model.loss: huber\n")[0].contains(
                "model.loss: `huber` doesn't fit the model `logistic`; allowed: `logistic`, `hinge`"))
        #expect(errors(least + "model.loss: hinge\n").isEmpty)
        #expect(
            errors(leastRegression + "target.classes: [A, B]\n")[0].contains("has no meaning where `target.kind` is"))
        #expect(errors(least + "target.scale: standard\n")[0].contains("target.scale: has no meaning"))
        #expect(errors(least.replacing(", classes: [DOWN, UP]", with: ""))[0].contains("target.classes: isn't given"))
    }

    @Test func `segments are those of a category whose values are declared, and a quantile is a regression's`() throws {
        let city = "features:\n  - {name: city, kind: category, encode: one-hot, values: [B, Z]}\n"
        let category = least.replacing("features:\n", with: city)
        let segments = try PipelineSettings.parse(category + "evaluation.segments: city\n").evaluation.segments
        #expect(segments?.feature == "city" && segments?.values == [.text("B"), .text("Z")])
        #expect(segments?.name(1) == "city=Z" && segments?.name(nil) == "city=*")
        let wrong = errors(category + "evaluation.segments: cty\n")
        #expect(wrong.count == 1 && wrong[0].contains("no declared category with `values`"), "\(wrong)")
        #expect(wrong[0].contains("did you mean `city`?"))
        #expect(
            errors(least + "evaluation.quantile: 0.9\n")[0].contains("evaluation.quantile: the target has no numbers"))
        #expect(try PipelineSettings.parse(leastRegression + "evaluation.quantile: 0.9\n").evaluation.quantile == 0.9)
        let quantile = try PipelineSettings.parse(leastRegression + "model.loss: quantile\nmodel.quantile: 0.25\n")
        #expect(quantile.evaluation.quantile == 0.25)
    }

    @Test func `an interval of mixing means something where models are shared alone`() throws {
        #expect(
            errors(least + "model.mix.every: 5\n")[0].contains(
                "model.mix.every: has no meaning where `model.scope` is `partition`; allowed: beside `shared` alone"))
        #expect(try PipelineSettings.parse(least).mix == nil)
        let shared = least + "model.scope: shared\n"
        #expect(try PipelineSettings.parse(shared).mix == MixSettings(every: 10))
        #expect(try PipelineSettings.parse(shared + "model.mix.every: 1000 records\n").mix == MixSettings(every: 1000))
        #expect(
            errors(shared + "model.mix.every: 0\n")[0].contains(
                "model.mix.every: found `0`; allowed: `N` or `N records`, 1 to"))
        #expect(errors(shared + "model.mix: 5\n")[0].contains("model.mix: found `5`"))
    }

    @Test func `numbers of another optimizer or detector are refused`() {
        #expect(
            errors(least + "model.optimizer: {kind: sgd, momentum: 0.5}\n")[0].contains(
                "model.optimizer.momentum: has no meaning where `model.optimizer.kind` is `sgd`; "
                    + "allowed: beside `momentum` or `nesterov` alone; remove it"))
        #expect(errors(least + "model.optimizer: {power: 0.5}\n")[0].contains("model.optimizer.power: has no meaning"))
        #expect(errors(least + "model.huber-threshold: 1\n")[0].contains("model.huber-threshold: has no meaning"))
        #expect(
            errors(least + "drift: [{watch: loss, detector: adwin, threshold: 5}]\n")[0].contains(
                "drift[0].threshold: has no meaning where `detector` is `adwin`"))
        #expect(
            errors(least + "drift: [{watch: loss, features: [nswprice]}]\n")[0].contains(
                "drift[0].features: has no meaning"))
    }

    @Test func `detectors take their own numbers`() throws {
        let settings = try PipelineSettings.parse(
            least + """
                drift:
                  - {watch: error, detector: adwin, confidence: 0.01, clock: 16, buckets: 4, minimum-window: 6, grace: 7}
                  - {watch: prediction, detector: page-hinkley, minimum-values: 20, tolerance: 0.1, threshold: 9,
                     fading: 1, direction: down}
                  - {watch: loss, detector: page-hinkley-moa, threshold: 8}

                """)
        #expect(settings.drift.map(\.watch) == [.error, .prediction, .loss])
        let expected = [
            DetectorConfiguration(kind: .adwin) {
                $0.adwin = ADWINConfiguration(
                    delta: 0.01, clock: 16, maximumBuckets: 4, minimumWindow: 6, gracePeriod: 7)
            },
            DetectorConfiguration(kind: .pageHinkley) {
                $0.pageHinkley = PageHinkleyConfiguration(
                    minimumValues: 20, delta: 0.1, threshold: 9, alpha: 1, mode: .down)
            },
            DetectorConfiguration(kind: .pageHinkleyMOA) { $0.pageHinkley.threshold = 8 },
        ]
        #expect(settings.drift.map(\.detector) == expected.map(WatchDetector.scalar))
    }

    @Test(arguments: DistributionTest.allCases)
    func `every test over windows is a word of the settings`(_ test: DistributionTest) throws {
        let settings = try PipelineSettings.parse(
            least + "drift: [{watch: feature, detector: \(test.rawValue), window: 50, every: 3, minimum-effect: 0.2, "
                + "reference: {rolling: 70}}]\n")
        let expected = DistributionSettings(test: test, reference: .rolling(70), window: 50, every: 3)
        #expect(settings.drift.map(\.detector) == [.distribution(expected)])
        #expect(settings.drift[0].minimumEffect == 0.2)
    }

    @Test func `what can't be watched so is refused with what can`() {
        func first(_ watch: String) -> String { errors(least + "drift: [\(watch)]\n").first ?? "nothing" }
        #expect(first("{watch: quality, detector: adwin}").contains("`adwin` can't watch `quality`"))
        #expect(first("{watch: metric, detector: psi}").contains("`psi` can't watch `metric`"))
        #expect(first("{watch: metric, metrics: [acuracy]}").contains("did you mean `accuracy`?"))
        #expect(first("{watch: loss, checks: [lag]}").contains("drift[0].checks: has no meaning"))
        #expect(
            errors(least + "alerts: {action: reset-model, factor: 3}\n")[0].contains(
                "alerts.factor: has no meaning where `alerts.action` is `reset-model`"))
        #expect(
            errors(least + "model.scope: shared\nalerts: {action: swap-model}\n")[0].contains(
                "alerts.action: `swap-model` of a model that partitions share"))
        #expect(
            errors(least.replacing("logistic", with: "hoeffding-tree") + "alerts: {action: raise-step-size}\n")[0]
                .contains("alerts.action: `raise-step-size` of a learner that takes no steps"))
    }

    @Test func `detectors of errors take their own numbers`() throws {
        let settings = try PipelineSettings.parse(
            least + """
                seed: 7
                drift:
                  - {watch: error, detector: ddm, minimum-values: 50, warning-level: 1.5, drift-level: 2.5}
                  - {watch: error, detector: eddm-moa, minimum-errors: 40, warning-share: 0.9, drift-share: 0.8}
                  - {watch: error, detector: hddm-w, drift-confidence: 0.01, warning-confidence: 0.1,
                     newest-weight: 0.1, two-sided: true}
                  - {watch: error, detector: rddm, longest-concept: 5000, stored-values: 100, longest-warning: 50}
                  - {watch: error, detector: stepd, recent-values: 60, drift-significance: 0.001,
                     warning-significance: 0.01}
                  - {watch: loss, detector: kswin, significance: 0.001, window: 300, sample: 60}
                  - {watch: loss, detector: cusum, minimum-values: 9, tolerance: 0.1, threshold: 3}

                """)
        let found = settings.drift.compactMap { watch in
            if case .scalar(let detector) = watch.detector { detector } else { nil }
        }
        try #require(found.count == 7)
        #expect(found[0].ddm == DDMConfiguration(minimumValues: 50, warningLevel: 1.5, driftLevel: 2.5))
        #expect(found[1].eddm == EDDMConfiguration(minimumErrors: 40, warningShare: 0.9, driftShare: 0.8))
        #expect(
            found[2].hddm
                == HDDMConfiguration(driftConfidence: 0.01, warningConfidence: 0.1, fading: 0.1, isTwoSided: true))
        #expect(found[3].rddm == RDDMConfiguration(longestConcept: 5000, storedValues: 100, longestWarning: 50))
        #expect(found[4].stepd == STEPDConfiguration(window: 60, driftAlpha: 0.001, warningAlpha: 0.01))
        #expect(found[5].kswin == KSWINConfiguration(alpha: 0.001, window: 300, sample: 60, seed: 7))
        #expect(found[6].cusum == CUSUMConfiguration(minimumValues: 9, delta: 0.1, threshold: 3))
    }

    @Test(arguments: DetectorKind.allCases)
    func `without numbers a detector has the defaults of its library`(_ kind: DetectorKind) throws {
        let signal = kind.watchesErrors ? "error" : "loss"
        let settings = try PipelineSettings.parse(
            least + "drift: [{watch: \(signal), detector: \(kind.rawValue)}]\n")
        #expect(settings.drift.map(\.detector) == [.scalar(DetectorConfiguration(kind: kind))])
    }

    @Test func `a detector of errors watches nothing else`() {
        #expect(
            errors(least + "drift: [{watch: loss, detector: ddm}]\n")[0].contains(
                "drift[0].detector: `ddm` takes errors, 0 or 1, and `loss` is none; allowed: for this signal `e-detector`, `adwin`"
            ))
        #expect(errors(least + "drift: [{watch: loss, detector: ddm}]\n")[0].hasSuffix("write `watch: error`"))
        #expect(errors(least + "drift: [{watch: feature, detector: ddm}]\n").isEmpty)
        #expect(
            errors(least + "drift: [{watch: loss, detector: kswin, window: 50}]\n")[0].contains(
                "drift[0].window: holds 50 values, less than two samples of 30; allowed: 60 or more"))
    }

    @Test func `watched features are declared, and watched once`() {
        let found = errors(least + "drift: [{watch: feature, features: [nswprise, nswdemand, nswdemand]}]\n")
        #expect(found.count == 2)
        #expect(found[0].contains("drift[0].features: found `nswprise`, which is no declared feature"))
        #expect(found[0].hasSuffix("did you mean `nswprice`?"))
        #expect(found[1].contains("names `nswdemand` twice"))
        #expect(errors(least + "drift: [{watch: loss}, {watch: loss}]\n")[0].contains("is the same as drift[0]"))
        #expect(errors(least + "drift: [{watch: loss}, {watch: loss, detector: page-hinkley}]\n").isEmpty)
    }

    @Test func `no two topics, features or record paths are alike`() {
        #expect(
            errors(least + "topics: {drift: electricity.predictions}\n")[0].contains(
                "topics.drift: `electricity.predictions` is the topic of `topics.predictions` too"))
        #expect(
            errors(least.replacing("{name: nswdemand}", with: "{name: b, path: /features/nswprice}"))[0].contains(
                "features[1].path: `/features/nswprice` is the path of `nswprice` too"))
        #expect(
            errors(least + "record: {id: /label}\n")[0].contains(
                "record.label: `/label` is the path of `record.id` too"))
    }

    @Test func `names are names that Kafka takes`() {
        #expect(errors(least.replacing("pipeline: electricity", with: "pipeline: a/b")).count == 1)
        #expect(errors(least + "topics: {features: \"a b\"}\n").count == 1)
        #expect(errors(least + "topics: {features: \"..\"}\n").count == 1)
    }

    @Test func `a nested key that is written in one word's place is explained`() {
        #expect(errors(least + "interval: 1s\n")[0].hasSuffix("did you mean `commit.interval`?"))
        #expect(
            errors(least + "commit: {intervall: 1s}\n")[0].hasSuffix(
                "allowed: `interval`, `records`; did you mean `interval`?"))
        #expect(errors(least + "zzzzzz: 1\n")[0].hasSuffix("; remove it"))
    }
}
