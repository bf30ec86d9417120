internal import DriftDetection
package import Records

extension SignalWatch: Checkpointable {
    package func save(to archive: inout StateArchive, under prefix: String) {
        clock.save(to: &archive, under: prefix)
        loss.save(to: &archive, under: "\(prefix)/loss")
        error.save(to: &archive, under: "\(prefix)/error")
        prediction.save(to: &archive, under: "\(prefix)/prediction")
        features.save(to: &archive, under: "\(prefix)/features")
        if hasDelays { delays.save(to: &archive, under: "\(prefix)/delay") }
        signals.save(to: &archive, under: "\(prefix)/signals")
        archive.put(
            "\(prefix)/last",
            counters: [first, UInt64(bitPattern: last.time), UInt64(bitPattern: last.offset), last.number])
        guard !signals.isEmpty else { return }
        refusals.save(to: &archive, under: "\(prefix)/refusals")
        archive.put("\(prefix)/latest", counters: [UInt64(bitPattern: latest)])
    }

    package mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError) {
        try clock.restore(from: archive, under: prefix)
        try loss.restore(from: archive, under: "\(prefix)/loss")
        try error.restore(from: archive, under: "\(prefix)/error")
        try prediction.restore(from: archive, under: "\(prefix)/prediction")
        try features.restore(from: archive, under: "\(prefix)/features")
        if hasDelays { try delays.restore(from: archive, under: "\(prefix)/delay") }
        try signals.restore(from: archive, under: "\(prefix)/signals")
        let values = try archive.counters("\(prefix)/last", count: 4)
        first = values[0]
        last = LastRecord(
            time: Int64(bitPattern: values[1]), offset: Int64(bitPattern: values[2]), number: values[3])
        reports.removeAll()
        guard !signals.isEmpty else { return }
        try refusals.restore(from: archive, under: "\(prefix)/refusals")
        latest = Int64(bitPattern: try archive.counters("\(prefix)/latest", count: 1)[0])
    }
}
