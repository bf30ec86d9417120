import Foundation
import Settings
import TestSupport

/// One pipeline that is fed little by little, is killed at failpoints, and is started again, as often as one likes; in the
/// end what it left behind is checked.
///
/// Each life of it is a `millrace run --until-end` of its own, which dies at the failpoint that it was given. The static
/// member's name lets the next life have the partitions at once.
final class KillSweep {
    let pipeline: Pipeline
    private let promise: DeliveryCheck.Promise
    private let feeder: Feeder
    private let partitions: Int
    private var seed: UInt64
    /// What happened, one line a life, to find the life that an offset belongs to.
    private(set) var diary: [String] = []
    /// Kills by failpoint.
    private(set) var kills: [String: Int] = [:]
    var killCount: Int { kills.values.reduce(0, +) }

    init(_ promise: DeliveryCheck.Promise, partitions: Int = 2, seed: UInt64, broker: ExternalBroker? = nil) throws {
        self.promise = promise
        self.partitions = partitions
        self.seed = seed
        let delivery = promise == .exactlyOnce ? "exactly-once" : "at-least-once"
        pipeline = try Pipeline(
            partitions: partitions, more: "delivery: \(delivery)\ncommit: {interval: 10 ms}", instance: "swept",
            every: "25 records", broker: broker)
        feeder = try Feeder(pipeline)
    }

    /// One life that ends at a failpoint, or in good order where that isn't reached.
    /// - Parameters:
    ///   - failpoint: as in `MILLRACE_FAILPOINT`.
    ///   - count: how many records are fed: before the start, or, for a `live` one, bit by bit while it runs.
    ///   - live: runs until it is asked to stop, so that it commits many times; else until it has read what is there.
    /// - Returns: whether it was killed.
    @discardableResult
    func life(_ failpoint: String, feeding count: Int, live: Bool = false) throws -> Bool {
        if !live { try feed(count) }
        let process = try pipeline.failpointMillrace(live ? ["run"] : ["run", "--until-end"], failpoint: failpoint)
        if live {
            for _ in 0..<count / 10 where process.isRunning {
                try feed(10)
                Thread.sleep(forTimeInterval: 0.015)  // longer than the interval of commits
            }
            process.send(signal: SIGTERM)
        }
        let ending = process.wait(seconds: 60)
        diary.append(
            "life \(diary.count) \(failpoint)\(live ? " live" : "") up to \(feeder.count) inputs: "
                + "\(ending, default: "no end")")
        switch ending {
        case .signal(SIGKILL):
            guard let line = process.errors.split(separator: "\n").last(where: { $0.hasPrefix("failpoint ") }) else {
                throw EndToEndError("killed, but at no failpoint: \(process.errors)")
            }
            let name = line.dropFirst("failpoint ".count).prefix { $0 != ":" }
            kills[String(name), default: 0] += 1
            return true
        case .exit(0): return false
        default:
            process.send(signal: SIGKILL)
            throw EndToEndError("\(diary.joined(separator: "\n"))\n\(process.errors)")
        }
    }

    /// Lets the program that ships finish what is left, then looks at everything.
    /// - Returns: what is wrong.
    func findings() throws -> [String] {
        try pipeline.expectSuccess(try pipeline.millrace("run", "--until-end"), seconds: 120)
        let observed = try pipeline.observe()
        guard observed.inputs.count == feeder.count else {
            throw EndToEndError("\(feeder.count) inputs were fed, \(observed.inputs.count) are there")
        }
        let settings = try PipelineSettings.load(path: pipeline.folder.file("millrace.yaml").path)
        let expected = try ExpectedDelivery(settings, inputs: observed.inputs)
        return DeliveryCheck(promise: promise, expected: expected).findings(in: observed)
    }

    /// Some records for each partition; every now and then one that is refused.
    private func feed(_ count: Int) throws {
        guard count > 0 else { return }
        seed &+= 1
        var records = StreamRecords.good(count, seed: seed, partitions: partitions)
        let bad = StreamRecords.bad[Int(seed % UInt64(StreamRecords.bad.count))]
        records[count / 2].value = bad
        try feeder.feed(records)
    }
}
