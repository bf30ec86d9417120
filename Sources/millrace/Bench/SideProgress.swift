/// How far a side was at a moment; a line of text between its process and the one that compares.
struct SideProgress {
    var consumed: UInt64
    var figures: ProcessFigures

    var line: String {
        "progress \(consumed) \(figures.nanoseconds) \(figures.cpuMicroseconds) \(figures.residentKiB)"
    }

    init(consumed: UInt64, figures: ProcessFigures) {
        self.consumed = consumed
        self.figures = figures
    }

    init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 5, words[0] == "progress", let consumed = UInt64(words[1]),
            let nanoseconds = Int64(words[2]), let cpu = Int64(words[3]), let resident = Int64(words[4])
        else { return nil }
        self.consumed = consumed
        figures = ProcessFigures(nanoseconds: nanoseconds, cpuMicroseconds: cpu, residentKiB: resident)
    }
}
