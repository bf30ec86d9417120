internal import LinearAlgebra

extension VariationalAutoencoder {
    /// A variance's logarithm is brought into this range before it is used; beyond it has no slope.
    static let logVariances: ClosedRange<Float> = -30...20

    /// Draws a row's latent numbers from what the encoder said, by the noise that is there, and decodes them.
    func decodeSample(row: Int, weights: UnsafePointer<Float>) {
        let latent = configuration.latent
        let encoded = encoder.output(row: row)
        let sample = decoder.input(row: row)
        let drawn = noise.base + row * latent
        for index in 0..<latent {
            sample[index] = Self.clamped(encoded[latent + index]) / 2
        }
        Vectors.exponential(sample, into: sample, count: latent)
        for index in 0..<latent { sample[index] = encoded[index] + sample[index] * drawn[index] }
        decoder.forward(row: row, weights: weights + encoder.parameters)
    }

    /// Reconstruction and divergence of a row that was encoded and decoded.
    func loss(row: Int) -> Double {
        let input = encoder.input(row: row)
        let output = decoder.output(row: row)
        var reconstruction: Float = 0
        for index in 0..<configuration.width {
            let residual = output[index] - input[index]
            reconstruction += residual * residual
        }
        let latent = configuration.latent
        let encoded = encoder.output(row: row)
        let variances = latentSlopes.base + row * latent
        for index in 0..<latent { variances[index] = Self.clamped(encoded[latent + index]) }
        Vectors.exponential(variances, into: variances, count: latent)
        var divergence: Float = 0
        for index in 0..<latent {
            let mean = encoded[index]
            divergence += variances[index] + mean * mean - 1 - Self.clamped(encoded[latent + index])
        }
        return 0.5 * (Double(reconstruction) + Double(divergence))
    }

    /// Writes the gradient of the mean loss of all rows, which were encoded and decoded.
    func writeGradient(rows: Int) {
        let (latent, width) = (configuration.latent, configuration.width)
        for row in 0..<rows {
            let factor = Float(importances[row] / Double(rows))
            let slope = decoder.outputSlope(row: row)
            let (input, output) = (encoder.input(row: row), decoder.output(row: row))
            for index in 0..<width { slope[index] = factor * (output[index] - input[index]) }
        }
        decoder.backward(
            rows: rows, weights: parameters.weights + encoder.parameters,
            gradient: parameters.gradient.base + encoder.parameters, inputSlope: latentSlopes.base)
        for row in 0..<rows {
            let factor = Float(importances[row] / Double(rows))
            let encoded = encoder.output(row: row)
            let slope = encoder.outputSlope(row: row)
            let sampleSlope = latentSlopes.base + row * latent
            let drawn = noise.base + row * latent
            // The deviation is what the sample moved by the noise; taken anew, since that may be 0.
            for index in 0..<latent { slope[latent + index] = Self.clamped(encoded[latent + index]) / 2 }
            Vectors.exponential(slope + latent, into: slope + latent, count: latent)
            for index in 0..<latent {
                let deviation = slope[latent + index]
                slope[index] = sampleSlope[index] + factor * encoded[index]
                let isInside = Self.logVariances.contains(encoded[latent + index])
                let spread =
                    0.5 * (sampleSlope[index] * drawn[index] * deviation + factor * (deviation * deviation - 1))
                slope[latent + index] = isInside ? spread : 0
            }
        }
        encoder.backward(rows: rows, weights: parameters.weights, gradient: parameters.gradient.base)
    }

    @inline(__always)
    private static func clamped(_ value: Float) -> Float {
        min(max(value, logVariances.lowerBound), logVariances.upperBound)
    }
}
