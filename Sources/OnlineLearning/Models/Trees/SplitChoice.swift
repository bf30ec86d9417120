/// The best question that a leaf could ask, and how sure that is.
struct SplitChoice {
    /// What the question is worth, and what the best question of another input is; 0 is what asking nothing is worth.
    var merit = 0.0
    var secondMerit = 0.0
    /// Below 0 where no question is worth anything.
    var input: Int32 = -1
    /// Which of the leaf's inputs that is.
    var place = 0
    var threshold: Float = 0
    /// The histogram's bins below this one are at or below the threshold.
    var bin = 0

    /// Takes in the best question of one more input.
    mutating func consider(merit: Double, place: Int, input: UInt32, threshold: Float, bin: Int) {
        if merit > self.merit {
            secondMerit = self.merit
            self.merit = merit
            self.place = place
            self.input = Int32(input)
            self.threshold = threshold
            self.bin = bin
        } else if merit > secondMerit {
            secondMerit = merit
        }
    }
}
