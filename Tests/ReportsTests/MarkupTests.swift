import Reports
import Testing

@Suite struct MarkupTests {
    @Test func `text and attributes can't become markup`() {
        var markup = Markup()
        markup.element("p", ["title": "\" onload=\"x"]) { $0.text("</p><script>alert('1')&") }
        #expect(
            markup.html == "<p title=\"&quot; onload=&quot;x\">&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;</p>")
    }

    @Test func `characters that no page may hold are replaced`() {
        #expect(Markup.escaped("a\0b\u{1B}c\u{9F}d\u{FFFE}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
        #expect(Markup.escaped("tab\tline\n ünïcode 🌊") == "tab\tline\n ünïcode 🌊")
    }

    @Test func `elements nest, and those without content close themselves`() {
        var markup = Markup()
        markup.element("g") { $0.element("line", ["x1": "1"]) }
        #expect(markup.html == "<g><line x1=\"1\"/></g>")
    }
}
