/// How good predictions were where one class was true or said.
public struct ClassValues: Sendable, Equatable {
    /// Into the declared classes.
    public var index: Int
    /// As declared; empty where nobody said.
    public var name = ""
    /// Share of the records where the class was said that were of it; nil where it never was said.
    public var precision: Double?
    /// Share of the class's records where it was said; nil where it never was true.
    public var recall: Double?
    /// Harmonic mean of both, 0 where one of them is 0 or missing; nil where the class never was true nor said.
    public var f1: Double?
    /// Weight of the records that were of the class.
    public var support: Double

    init(index: Int, hits: Double, truths: Double, said: Double) {
        self.index = index
        precision = said > 0 ? hits / said : nil
        recall = truths > 0 ? hits / truths : nil
        f1 = truths + said > 0 ? 2 * hits / (truths + said) : nil
        support = truths
    }
}
