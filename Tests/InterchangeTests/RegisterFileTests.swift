import Interchange
import Testing
import WorkCalendar

@Suite("Registers of shared data")
struct RegisterFileTests {
    @Test("The latest entry of a material and holder counts; the first holder that has one is answered for")
    func entries() throws {
        let file = try RegisterFile(
            "\u{FEFF}holder,material,hash,answer,validUntil,issuedOn\r\n"
                + "code,licence,a,\"says \"\"yes\"\", twice\",,2024-03-01\r\n\r\n"
                + "project,licence,b,,2024-05-01,\r\ncode,licence,c,\"two\nlines\",,\r\n")
        #expect(file.count == 2)
        let first = try #require(file.entry(of: "licence", for: ["code", "project"]))
        #expect(first.hash == "c" && first.answer == "two\nlines" && first.issuedOn == nil)
        let second = try #require(file.entry(of: "licence", for: ["nobody", "project"]))
        #expect(second.validUntil == LocalDate(year: 2024, month: 5, day: 1))
        #expect(file.entry(of: "permit", for: ["code"]) == nil)
    }

    @Test(
        "A mistake is told with its line and what to do",
        arguments: [
            ("", nil), ("material,holder\n", 1), ("material,holder,hash\na,b\n", 2),
            ("material,holder,hash\na,,c\n", 2),
            ("material,holder,hash,issuedOn\na,b,c,soon\n", 2), ("material,holder,hash\n\n\"a,b,c\n", 3),
        ] as [(String, Int?)])
    func mistakes(text: String, line: Int?) throws {
        let error = try #require(throws: ForeignFileError.self) { _ = try RegisterFile(text) }
        #expect(error.line == line)
        #expect(!error.message.zh.isEmpty && !error.message.en.isEmpty)
        #expect(!error.advice.zh.isEmpty && !error.advice.en.isEmpty)
    }
}
