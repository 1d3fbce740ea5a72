import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "Codes that were given out are read, in small letters and with spaces around them too",
        arguments: ["91350100M000100Y43", "11371083004367045M", " 91350100m000100y43 "])
    func creditCodes(text: String) throws {
        let code = try #require(CreditCode(text))
        #expect(code.description == CreditCode.canonical(text))
        #expect(OrganisationCode(code.organisation.description) == code.organisation)
    }

    @Test("The parts of a credit code")
    func parts() throws {
        let code = try #require(CreditCode("91350100M000100Y43"))
        #expect(code.division == "350100")
        #expect(code.organisation.description == "M000100Y4")
        #expect(OrganisationCode("M000100Y-4") == code.organisation)
        #expect(OrganisationCode("004367045") != nil)
    }

    @Test(
        "What is wrong with a credit code is told by its first mistake",
        arguments: [
            ("91350100M000100Y4Z", IdentifierProblem.character("Z", at: 18)),
            ("91350100M000100Y44", .check(expected: "3", found: "4")),
            ("91350100M000100Y4", .length(expected: 18...18, found: 17)), ("", .length(expected: 18...18, found: 0)),
            ("91350100O000100Y43", .character("O", at: 9)), ("913501A0M000100Y43", .character("A", at: 7)),
            ("９1350100M000100Y43", .character("９", at: 1)),
        ])
    func wrongCreditCodes(text: String, problem: IdentifierProblem) {
        #expect(CreditCode.problem(in: CreditCode.canonical(text)) == problem)
        #expect(CreditCode(text) == nil)
    }

    @Test("A credit code whose own check is right is still none when that of its organisation code is wrong")
    func innerCheck() throws {
        // The ninth character of the organisation code is changed, and the check character with it.
        let found = CreditCode.alphabet.compactMap { check -> IdentifierProblem? in
            let text = "91350100M000100Y5" + String(UnicodeScalar(check))
            guard case .innerCheck? = CreditCode.problem(in: text) else { return nil }
            return CreditCode.problem(in: text)
        }
        #expect(found == [.innerCheck(expected: "4", found: "5")])
    }

    @Test(
        "Identity numbers are checked for province, date and check character",
        arguments: [
            ("11010519491231002X", nil), ("440524188001010014", nil), ("11010519491231002x", nil),
            ("110105194912310021", IdentifierProblem.check(expected: "X", found: "1")),
            ("110105194902310021", .date("19490231")), ("990105194912310021", .province("99")),
            ("X10105194912310021", .character("X", at: 1)), ("1101051949123100", .length(expected: 18...18, found: 16)),
        ])
    func residents(text: String, problem: IdentifierProblem?) {
        #expect(ResidentID.problem(in: ResidentID.canonical(text)) == problem)
    }

    @Test("An identity number is shown without its middle")
    func masked() throws { #expect(try #require(ResidentID("11010519491231002X")).masked == "110***********002X") }

    @Test(
        "Divisions have six, nine or twelve digits of a province that exists",
        arguments: [
            ("500107", true), ("500000", true), ("371083", true), ("371083001", true), ("371083001002", true),
            ("990000", false), ("50010", false), ("5001071", false), ("500007", false), ("50O107", false),
        ])
    func divisions(text: String, isOne: Bool) { #expect((DivisionCode(text) != nil) == isOne) }

    @Test("Project codes are held to their shape, and to a rule for the last digit where there is one")
    func projects() {
        #expect(ProjectCode("2403-500107-04-01-123456")?.division == "500107")
        #expect(ProjectCode.problem(in: "2413-500107-04-01-123456") == .date("2413"))
        #expect(ProjectCode.problem(in: "2403-50010704--01-123456") == .form("2403-500107-04-01-123456"))
        #expect(ProjectCode.problem(in: "2403-500107-04-01-12345") == .length(expected: 24...24, found: 23))
        let sum = ProjectCode.Check { digits in
            "0123456789"[
                String.Index(utf16Offset: digits.utf8.reduce(0) { $0 + Int($1 - 0x30) } % 10, in: "0123456789")]
        }
        #expect(ProjectCode.problem(in: "2403-500107-04-01-123456", check: sum) == .check(expected: "2", found: "6"))
        #expect(ProjectCode.problem(in: "2403-500107-04-01-123452", check: sum) == nil)
        #expect(Project.isCode("2403-500107-04-01-123456") && !Project.isCode("2403-500107-04-01-12345a"))
    }

    @Test("Item codes have at most 24 characters")
    func items() {
        #expect(ItemCode("S1-01")?.isBasic == true)
        #expect(ItemCode("000115003000114371083001")?.isBasic == false)
        #expect(ItemCode("0001150030001143710830011") == nil && ItemCode("施工") == nil && ItemCode("") == nil)
    }

    @Test("Case numbers are made and read back")
    func cases() throws {
        let division = try #require(DivisionCode("500107"))
        let date = try #require(LocalDate("2026-03-02"))
        let number = try #require(CaseNumber(division: division, on: date, serial: 17))
        #expect(number.description.hasPrefix("50010720260302000017") && CaseNumber(number.description) == number)
        #expect(CaseNumber(division: division, on: date, serial: 1_000_000) == nil)
        #expect(CaseNumber.problem(in: "500107202602300000170") == .date("20260230"))
    }

    /// Every code with one character changed, and every one with two neighbours swapped.
    private func neighbours(of text: String, alphabet: String) -> [String] {
        let characters = Array(text)
        var found: [String] = []
        for place in characters.indices {
            for other in alphabet where other != characters[place] {
                var changed = characters
                changed[place] = other
                found.append(String(changed))
            }
            if place > 0, characters[place] != characters[place - 1] {
                var swapped = characters
                swapped.swapAt(place, place - 1)
                found.append(String(swapped))
            }
        }
        return found
    }

    @Test("No mistyped character and no swap of neighbours passes a check", arguments: [1, 2, 3, 4] as [UInt64])
    func mistypings(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = String(decoding: CreditCode.alphabet, as: UTF8.self)
        let digits = "0123456789"
        // A random body with the one check character that fits.
        let body = "91" + (0..<6).map { _ in String(digits.randomElement(using: &generator) ?? "0") }.joined()
        let inner = (0..<8).map { _ in String(alphabet.randomElement(using: &generator) ?? "0") }.joined()
        let codes = "0123456789X".flatMap { middle in alphabet.map { "\(body)\(inner)\(middle)\($0)" } }
            .filter { CreditCode($0) != nil }
        let code = try #require(codes.first, "seed \(seed)")
        #expect(codes.count == 1, "seed \(seed)")
        #expect(neighbours(of: code, alphabet: alphabet).allSatisfy { CreditCode($0) == nil }, "seed \(seed)")

        let division = try #require(DivisionCode("500107"))
        let date = try #require(LocalDate("2026-03-02"))
        let serial = Int.random(in: 1...999_999, using: &generator)
        let number = try #require(CaseNumber(division: division, on: date, serial: serial)).description
        #expect(neighbours(of: number, alphabet: "0123456789X").allSatisfy { CaseNumber($0) == nil }, "seed \(seed)")
        #expect(
            neighbours(of: "11010519491231002X", alphabet: "0123456789X").allSatisfy { ResidentID($0) == nil })
    }

    @Test("Nothing crashes on what people paste", arguments: ["", " ", "-", "统一社会信用代码", "9️⃣1350100M000100Y43", "\u{0}"])
    func hostile(text: String) {
        let long = String(repeating: text.isEmpty ? "9" : text, count: 100_000)
        for text in [text, long] {
            #expect(CreditCode(text) == nil && ResidentID(text) == nil && CaseNumber(text) == nil)
            #expect(OrganisationCode(text) == nil && DivisionCode(text) == nil && ProjectCode(text) == nil)
        }
    }
}
