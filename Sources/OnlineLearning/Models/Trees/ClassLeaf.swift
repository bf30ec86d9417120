internal import Glibc

/// A view of one leaf's statistics of a target with classes: each class's weight, and each watched input's normal
/// distribution by class.
///
/// - Shape: header, `[classes]` weights and faded weights, `[classes, observed]` means and squared deviations, `[observed]`
///   histograms of the classes.
///   Cost: O(observed) to learn, O(classes × observed) to judge. Allocates nothing.
struct ClassLeaf {
    private enum Header: Int, CaseIterable {
        /// What the leaf had seen when a split was last looked for.
        case weightAtLook
        /// Faded losses of what the class weights, naive Bayes and the last records' classes foretold.
        case majorityLoss
        case naiveBayesLoss
        case recentLoss
        case linearLoss
    }

    private let base: UnsafeMutablePointer<Double>
    let inputs: UnsafeMutablePointer<UInt32>
    let classes: Int
    let observed: Int
    private let inputCount: Int

    static func count(_ shape: TreeShape) -> Int {
        Header.allCases.count + shape.classes * (2 + 2 * shape.observed + shape.inputs + 1)
            + shape.observed * InputHistogram.count(columns: shape.classes)
    }

    @inline(__always)
    init(_ base: UnsafeMutablePointer<Double>, inputs: UnsafeMutablePointer<UInt32>, _ shape: TreeShape) {
        self.base = base
        self.inputs = inputs
        classes = shape.classes
        observed = shape.observed
        inputCount = shape.inputs
    }

    private subscript(field: Header) -> Double {
        get { base[field.rawValue] }
        nonmutating set { base[field.rawValue] = newValue }
    }

    /// What each class weighed since the leaf began.
    var weights: UnsafeMutablePointer<Double> { base + Header.allCases.count }
    /// The last records' classes, faded.
    var recent: UnsafeMutablePointer<Double> { weights + classes }
    /// `[classes, inputs + 1]`, the intercepts last.
    private var linear: UnsafeMutablePointer<Double> { recent + classes }
    var means: UnsafeMutablePointer<Double> { linear + classes * (inputCount + 1) }
    var squares: UnsafeMutablePointer<Double> { means + classes * observed }

    @inline(__always)
    func histogram(_ place: Int) -> InputHistogram {
        let size = InputHistogram.count(columns: classes)
        return InputHistogram(squares + classes * observed + place * size, columns: classes)
    }

    var weight: Double {
        var sum = 0.0
        for label in 0..<classes { sum += weights[label] }
        return sum
    }

    /// Weight since a split was last looked for.
    var weightSinceLook: Double { weight - self[.weightAtLook] }

    func noteLook() { self[.weightAtLook] = weight }

    /// How much each prediction counts: more by e for each unit of loss that it had less of late.
    var shares: SIMD4<Double> {
        let losses = SIMD4(self[.majorityLoss], self[.naiveBayesLoss], self[.recentLoss], self[.linearLoss])
        let least = losses.min()
        var shares = SIMD4<Double>()
        for index in 0..<4 { shares[index] = exp(least - losses[index]) }
        return shares / shares.sum()
    }

    /// Takes in how good each prediction was, before the record is learned.
    func addLosses(_ losses: SIMD4<Double>, fading: Double) {
        self[.majorityLoss] = fading * self[.majorityLoss] + losses[0]
        self[.naiveBayesLoss] = fading * self[.naiveBayesLoss] + losses[1]
        self[.recentLoss] = fading * self[.recentLoss] + losses[2]
        self[.linearLoss] = fading * self[.linearLoss] + losses[3]
    }

    /// Begins with what a parent knows that still holds for its child.
    func inherit(_ parent: ClassLeaf) {
        for field in [Header.majorityLoss, .naiveBayesLoss, .recentLoss, .linearLoss] { self[field] = parent[field] }
        recent.update(from: parent.recent, count: classes)
        linear.update(from: parent.linear, count: classes * (inputCount + 1))
    }

    /// Each class's probability by the leaf's own softmax regression.
    func linearProbabilities(_ x: UnsafePointer<Float>, into output: UnsafeMutablePointer<Double>) {
        var largest = -Double.infinity
        for label in 0..<classes {
            let row = linear + label * (inputCount + 1)
            var sum = row[inputCount]
            for input in 0..<inputCount { sum += row[input] * Double(x[input]) }
            output[label] = sum
            largest = max(largest, sum)
        }
        var sum = 0.0
        for label in 0..<classes {
            output[label] = exp(output[label] - largest)
            sum += output[label]
        }
        for label in 0..<classes { output[label] /= sum }
    }

    /// - Parameter output: the probabilities of `linearProbabilities`.
    func correctLinear(
        _ x: UnsafePointer<Float>, label: Int, weight: Double, stepSize: Double, _ output: UnsafePointer<Double>
    ) {
        var norm = 1.0
        for input in 0..<inputCount { norm += Double(x[input]) * Double(x[input]) }
        let step = weight * stepSize / (1 + 0.25 * weight * stepSize * norm)
        for each in 0..<classes {
            let row = linear + each * (inputCount + 1)
            let change = step * ((each == label ? 1 : 0) - output[each])
            for input in 0..<inputCount { row[input] += change * Double(x[input]) }
            row[inputCount] += change
        }
    }

    @inline(__always)
    func learn(_ x: UnsafePointer<Float>, label: Int, weight: Double, recentFading: Double) {
        let isFirst = self.weight == 0
        weights[label] += weight
        for each in 0..<classes { recent[each] *= recentFading }
        recent[label] += 1
        let share = weight / weights[label]
        let (means, squares) = (means + label * observed, squares + label * observed)
        for place in 0..<observed {
            let value = Double(x[Int(inputs[place])])
            let deviation = value - means[place]
            means[place] += deviation * share
            squares[place] += weight * deviation * (value - means[place])
            histogram(place).sums(at: value, isFirst: isFirst)[label] += weight
        }
    }
}

extension ClassLeaf {
    /// Variances lie between these, so that sixteen of them can be multiplied.
    private static let smallestVariance = 1e-18
    private static let largestVariance = 1e18
    private static let factorsPerLogarithm = 16

    /// Each class's probability by Bayes' rule, the inputs taken as independent of each other.
    /// - Parameter priors: weights of the classes.
    /// - Returns: false, with `output` undefined, where no class has been seen twice.
    func naiveBayes(
        _ x: UnsafePointer<Float>, priors: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
    ) -> Bool {
        var largest = -Double.infinity
        for label in 0..<classes {
            output[label] = -.infinity
            guard weights[label] > 1, priors[label] > 0 else { continue }
            output[label] = log(priors[label]) + logDensity(x, label)
            largest = max(largest, output[label])
        }
        guard largest.isFinite else { return false }
        var sum = 0.0
        for label in 0..<classes {
            output[label] = exp(output[label] - largest)
            sum += output[label]
        }
        for label in 0..<classes { output[label] /= sum }
        return true
    }

    @inline(__always)
    private func logDensity(_ x: UnsafePointer<Float>, _ label: Int) -> Double {
        let row = label * observed
        let (means, squares) = (means + row, squares + row)
        let scale = 1 / weights[label]
        var distances = 0.0
        var product = 1.0
        var logarithms = 0.0
        var factors = 0
        for place in 0..<observed {
            let variance = min(max(squares[place] * scale, Self.smallestVariance), Self.largestVariance)
            let deviation = Double(x[Int(inputs[place])]) - means[place]
            distances += deviation * deviation / variance
            product *= variance
            factors += 1
            if factors == Self.factorsPerLogarithm {
                logarithms += log(product)
                (product, factors) = (1, 0)
            }
        }
        return -0.5 * (distances + logarithms + log(product))
    }
}
