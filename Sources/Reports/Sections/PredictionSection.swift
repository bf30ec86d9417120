internal import Records

/// What was predicted: whether it came true as often as it was said, and how scores are distributed.
struct PredictionSection {
    var report: EvaluationReport

    var section: PageSection? {
        let calibration =
            report.target == .regression
            ? TruthPicture(report: report).picture : ReliabilityPicture(report: report).picture
        var content = Markup()
        for picture in [calibration].compactMap(\.self) + ScorePictures(report: report).pictures {
            picture.draw(into: &content)
        }
        guard !content.html.isEmpty else { return nil }
        return PageSection(
            title: "Predictions",
            explanation:
                "Whether what was said came true as often as it was said, and how what was said is distributed.",
            content: content)
    }
}
