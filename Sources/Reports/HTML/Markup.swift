/// HTML and SVG as they are written: whatever is text or an attribute's value is escaped, so nothing that a record or a setting
/// says can become markup.
package struct Markup {
    package typealias Attributes = KeyValuePairs<String, String>

    package private(set) var html = ""

    package init() {}

    /// Adds text.
    package mutating func text(_ text: String) { html += Self.escaped(text) }

    /// Adds an element with what `body` writes into it.
    package mutating func element(_ name: StaticString, _ attributes: Attributes = [:], _ body: (inout Markup) -> Void)
    {
        open(name, attributes)
        html += ">"
        body(&self)
        html += "</\(name)>"
    }

    /// Adds an element with nothing but text in it.
    mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
        element(name, attributes) { $0.text(text) }
    }

    /// Adds an element that has no content: of SVG, or void in HTML.
    package mutating func element(_ name: StaticString, _ attributes: Attributes) {
        open(name, attributes)
        html += "/>"
    }

    /// Adds what the program itself brings along, as it is: a style sheet.
    mutating func verbatim(_ text: StaticString) { html += text.description }

    mutating func add(_ other: Markup) { html += other.html }

    private mutating func open(_ name: StaticString, _ attributes: Attributes) {
        html += "<\(name)"
        for (key, value) in attributes { html += " \(key)=\"\(Self.escaped(value))\"" }
    }

    /// - Returns: the text with entities for what markup is made of. Characters that no page may hold become U+FFFD.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped.unicodeScalars.append("\u{FFFD}")
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
