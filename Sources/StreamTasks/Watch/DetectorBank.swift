internal import DriftDetection
package import Records
package import Settings

/// The detectors that the settings ask for, each with the signal it watches.
/// - Cost: one detector's update each a record, allocates nothing.
package struct DetectorBank: ~Copyable {
    /// What one detector watches; `feature` is an index into the declared numbers.
    struct Watched {
        var signal: DriftWatch.Signal
        var feature: Int?
        var name: String
        var firedNow = false
        var firedInWindow = false
    }

    private var detectors: UnsafeMutableBufferPointer<Detector>
    private(set) var watched: [Watched] = []

    package init(_ settings: PipelineSettings) {
        let all = settings.drift.flatMap { watch -> [(DriftWatch, Int?)] in
            guard watch.watch == .feature else { return [(watch, nil)] }
            return watch.features.map { name in (watch, settings.numbers.firstIndex { $0.name == name }) }
        }
        detectors = .allocate(capacity: all.count)
        for (index, (watch, feature)) in all.enumerated() {
            detectors.initializeElement(at: index, to: Detector(watch.detector))
            watched.append(Watched(signal: watch.watch, feature: feature, name: watch.detector.kind.rawValue))
        }
    }

    deinit {
        detectors.deinitialize()
        detectors.deallocate()
    }

    /// Feeds every detector its signal's value, where the record has one. True where any fires at this very record.
    mutating func update(_ observation: Observation, row: UnsafeBufferPointer<Float>) -> Bool {
        feed { watched in
            switch watched.signal {
            case .loss: observation.loss
            case .error: observation.error
            case .prediction: observation.prediction.score
            case .feature: watched.feature.map { Double(row[$0]) }
            case .labelDelay: observation.delaySeconds
            }
        }
    }

    /// The same of a label that came by itself: its record's prediction and features were seen before.
    mutating func update(label observation: Observation) -> Bool {
        feed { watched in
            switch watched.signal {
            case .loss: observation.loss
            case .error: observation.error
            case .labelDelay: observation.delaySeconds
            case .prediction, .feature: nil
            }
        }
    }

    @inline(__always)
    private mutating func feed(_ value: (Watched) -> Double?) -> Bool {
        var fired = false
        for index in watched.indices {
            guard let value = value(watched[index]), !value.isNaN else {
                watched[index].firedNow = false
                continue
            }
            let fires = detectors[index].update(value)
            watched[index].firedNow = fires
            if fires {
                watched[index].firedInWindow = true
                fired = true
            }
        }
        return fired
    }

    /// One alert for each detector that fired at the last record.
    func alerts(names: SignalNames, last: LastRecord) -> [DriftReport] {
        watched.indices.filter { watched[$0].firedNow }.map { index in
            DriftReport(
                signal: names.name(watched[index].signal, feature: watched[index].feature),
                detector: watched[index].name,
                isAlert: true, time: last.time, offset: last.offset, label: last.label, first: last.number,
                last: last.number, records: 1,
                statistic: detectors[index].statistic, threshold: detectors[index].threshold, drift: true,
                warning: false, metrics: [.init(name: "estimate", value: detectors[index].estimate)])
        }
    }

    /// What a window's record says of one detector.
    struct WindowState {
        var detector: String
        var statistic: Double
        var threshold: Double
        /// Whether it fired in this window.
        var fired: Bool
        /// Whether it warns at the window's end.
        var warns: Bool
    }

    /// The detectors on one signal.
    func states(of signal: DriftWatch.Signal, feature: Int?) -> [WindowState] {
        watched.indices.filter { watched[$0].signal == signal && watched[$0].feature == feature }.map { index in
            WindowState(
                detector: watched[index].name, statistic: detectors[index].statistic,
                threshold: detectors[index].threshold, fired: watched[index].firedInWindow,
                warns: detectors[index].isWarning)
        }
    }

    mutating func beginWindow() {
        for index in watched.indices { watched[index].firedInWindow = false }
    }
}

extension DetectorBank: Checkpointable {
    package func save(to archive: inout StateArchive, under prefix: String) {
        archive.put("\(prefix)/fired", counters: watched.map { $0.firedInWindow ? 1 : 0 })
        for index in detectors.indices { detectors[index].save(to: &archive, under: "\(prefix)/\(index)") }
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        let fired = try archive.counters("\(prefix)/fired", count: watched.count)
        for index in watched.indices { watched[index].firedInWindow = fired[index] == 1 }
        for index in detectors.indices { try detectors[index].restore(from: archive, under: "\(prefix)/\(index)") }
    }
}
