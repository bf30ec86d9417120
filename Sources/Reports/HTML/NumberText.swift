internal import Foundation

/// Numbers as the page shows them.
package enum NumberText {
    /// With commas between thousands.
    package static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// To four significant digits; whole thousands with commas.
    package static func short(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "–" : number > 0 ? "∞" : "−∞" }
        let magnitude = abs(number)
        if magnitude >= 1e7 || (magnitude > 0 && magnitude < 1e-4) { return signed(String(format: "%.3g", number)) }
        if magnitude >= 1000 { return count(Int(number.rounded())) }
        let whole = magnitude >= 1 ? Int(log10(magnitude)) + 1 : 0
        return signed(String(format: "%.\(max(0, 4 - max(whole, 0)))f", number))
    }

    /// A count, or weights that add up to none.
    static func weight(_ weight: Double) -> String {
        weight == weight.rounded() && abs(weight) < 1e15 ? count(Int(weight)) : short(weight)
    }

    /// Four decimals, as metrics are compared.
    static func metric(_ number: Double) -> String {
        abs(number) >= 1000 ? short(number) : signed(String(format: "%.4f", number))
    }

    static func percent(_ share: Double) -> String { signed(String(format: "%.1f %%", 100 * share)) }

    /// A coordinate within a picture: a tenth of a unit is finer than a pixel.
    package static func coordinate(_ number: Double) -> String {
        guard number.isFinite else { return "0" }
        let rounded = (min(max(number, -1e6), 1e6) * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(format: "%.1f", rounded)
    }

    /// With a minus of the width of digits.
    private static func signed(_ text: String) -> String { text.replacing("-", with: "−", maxReplacements: 1) }
}
