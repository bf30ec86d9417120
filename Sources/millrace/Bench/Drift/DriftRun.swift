internal import DriftDetection
internal import Foundation

/// Every contender over every stream, one after the other, on one thread.
struct DriftRun {
    struct Result {
        let contender: DriftContender
        let signal: DriftBenchStream.Signal
        var score = DriftScore()
        fileprivate var spent = 0.0

        /// Of this thread's CPU time an update, on the streams that don't change.
        var nanoseconds: Double { spent / Double(max(score.stationaryRecords, 1)) }
    }

    private let seeds: Int
    private let records: Int
    private(set) var results: [Result]

    init(_ contenders: [DriftContender], seeds: Int, records: Int) {
        self.seeds = seeds
        self.records = records
        results = contenders.flatMap { contender in
            DriftBenchStream.Signal.allCases.filter(contender.takes).map { Result(contender: contender, signal: $0) }
        }
    }

    mutating func measure() {
        for signal in DriftBenchStream.Signal.allCases {
            for change in DriftBenchStream.Change.allCases {
                let stream = DriftBenchStream(signal: signal, change: change)
                let count = change == .none ? records : DriftBenchStream.length
                for seed in 0..<seeds { measure(stream, stream.values(seed: UInt64(seed), count: count)) }
            }
        }
    }

    private mutating func measure(_ stream: DriftBenchStream, _ values: [Double]) {
        for index in results.indices where results[index].signal == stream.signal {
            let began = ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
            let reports = results[index].contender.reports(values, of: stream.signal)
            let spent = Double(ProcessFigures.nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) - began)
            switch stream.change {
            case .none:
                results[index].spent += spent
                results[index].score.addStationary(reports, records: values.count)
            case .abrupt, .gradual:
                results[index].score.addChange(
                    reports, at: DriftBenchStream.changePoint, isAbrupt: stream.change == .abrupt)
            }
        }
    }
}
