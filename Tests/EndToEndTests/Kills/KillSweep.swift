import Foundation
import TestSupport

/// A pipeline that is fed little by little, is killed at failpoints, and is started again, as often as one likes.
///
/// Each life of it dies at the failpoint that it was given. The static member's name lets the next life have the
/// partitions at once.
final class KillSweep {
    let trial: DeliveryTrial
    /// Kills by failpoint.
    private(set) var kills: [String: Int] = [:]
    private(set) var lives = 0

    init(_ trial: DeliveryTrial) { self.trial = trial }

    var killCount: Int { kills.values.reduce(0, +) }

    /// One life that ends at a failpoint, or in good order where that isn't reached.
    /// - Parameters:
    ///   - failpoint: as in `MILLRACE_FAILPOINT`.
    ///   - count: how many records are fed: before the start, or, for a `live` one, bit by bit while it runs.
    ///   - live: runs until it is asked to stop, so that it commits many times; else until it has read what is there.
    func life(_ failpoint: String, feeding count: Int, live: Bool = false) throws {
        if !live { try trial.feed(count) }
        let process = try trial.start(live ? ["run"] : ["run", "--until-end"], failpoint: failpoint)
        if live {
            for _ in 0..<count / 10 where process.isRunning {
                try trial.feed(10)
                Thread.sleep(forTimeInterval: 0.015)  // longer than the interval of commits
            }
            process.send(signal: SIGTERM)
        }
        let ending = process.wait(seconds: 60)
        lives += 1
        trial.note("\(live ? "live" : "until the end") with \(failpoint): \(ending, default: "no end")")
        switch ending {
        case .signal(SIGKILL):
            guard let line = process.errors.split(separator: "\n").last(where: { $0.hasPrefix("failpoint ") }) else {
                throw EndToEndError("killed, but at no failpoint: \(process.errors)")
            }
            kills[String(line.dropFirst("failpoint ".count).prefix { $0 != ":" }), default: 0] += 1
        case .exit(0): break
        // A stop that comes before the program can hear it.
        case .signal(SIGTERM) where live: break
        default:
            process.send(signal: SIGKILL)
            throw EndToEndError(trial.story)
        }
    }
}
