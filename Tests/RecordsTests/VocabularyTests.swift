import Records
import Testing

@Suite struct VocabularyTests {
    @Test func `a name becomes one token of a JSON Pointer`() {
        #expect(JSONPointer.escaped("a/b~c") == "a~1b~0c")
        #expect(JSONPointer.escaped("~1") == "~01")
        #expect(JSONPointer.escaped("") == "")
        #expect(FeatureDeclaration(name: "price/kg").path == "/features/price~1kg")
        #expect(FeatureDeclaration(name: "price", path: "/p").path == "/p")
    }

    @Test func `classes compare as JSON scalars`() {
        #expect(ClassName.number(1, spelling: "1") == .number(1, spelling: "1.0"))
        #expect(ClassName.number(1, spelling: "1").hashValue == ClassName.number(1, spelling: "1.0").hashValue)
        #expect(ClassName.text("1") != .number(1, spelling: "1"))
        #expect(ClassName.boolean(true) != .text("true"))
        #expect(ClassName.boolean(true) != .number(1, spelling: "1"))
        #expect(ClassName.number(1, spelling: "1.0").description == "1.0")
        #expect(ClassName.boolean(false).description == "false")
    }

    @Test func `a position is the next offset, never the last`() {
        #expect(NextOffset(after: 41) == NextOffset(42))
        #expect(NextOffset(41) < NextOffset(after: 41))
        #expect(RecordPosition(topic: "t", partition: 3, next: NextOffset(7)).description == "t/3@7")
    }

    @Test func `a label is the number that a loss is given`() {
        #expect(Label.absent.target == nil)
        #expect(Label.classIndex(1).target == 1)
        #expect(Label.value(-2.5).target == -2.5)
    }
}
