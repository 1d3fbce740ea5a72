import TestSupport
import Testing

@testable import WebService

@Suite("Forms with files, taken apart as they come in")
struct MultipartTests {
    /// What a form holds, whatever pieces its content came in.
    private enum Whole: Equatable {
        case part(MultipartReader.Part, [UInt8])
        case open(MultipartReader.Part, [UInt8])
        case end
    }

    private static func read(
        _ bytes: [UInt8], cuts: [Int] = [], boundary: String = "XyZ"
    ) throws(MultipartReader.Defect) -> [Whole] {
        var reader = MultipartReader(boundary: boundary)
        var whole: [Whole] = []
        var begun: (part: MultipartReader.Part, content: [UInt8])?
        var from = 0
        for cut in cuts + [bytes.count] {
            for found in try reader.take(bytes[from..<cut]) {
                switch found {
                case .part(let part): begun = (part, [])
                case .content(let piece):
                    #expect(!piece.isEmpty)
                    begun?.content += piece
                case .partEnd:
                    if let begun { whole.append(.part(begun.part, begun.content)) }
                    begun = nil
                case .end: whole.append(.end)
                }
            }
            from = cut
        }
        try reader.finish()
        return whole
    }

    private static func part(_ name: String, file: String? = nil, _ content: [UInt8]) -> [UInt8] {
        let file = file.map { "; filename=\"\($0)\"\r\nContent-Type: application/pdf" } ?? ""
        return Array("--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n".utf8) + content
            + [13, 10]
    }

    private static func form(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap(\.self) + Array("--XyZ--\r\n".utf8) }

    @Test("Fields and files come out with their names and every byte of theirs")
    func whole() throws {
        let bytes = Self.form(
            Self.part("_token", Array("abc".utf8)), Self.part("a-file", file: "图纸 1.pdf", [0, 13, 10, 45, 45, 255]),
            Self.part("empty", []))
        #expect(
            try Self.read(bytes) == [
                .part(.init(name: "_token", fileName: nil), Array("abc".utf8)),
                .part(.init(name: "a-file", fileName: "图纸 1.pdf"), [0, 13, 10, 45, 45, 255]),
                .part(.init(name: "empty", fileName: nil), []), .end,
            ])
        // What comes before the first delimiter and after the last one is nothing.
        #expect(try Self.read(Array("preamble\r\n".utf8) + bytes + Array("after".utf8)).count == 4)
    }

    @Test("Cut in any two places, a form is the same")
    func twoCuts() throws {
        let tricky = Array("\r\n--XyY\r\n--Xy\r\r\n-\r\n--X".utf8)
        let bytes = Self.form(Self.part("f", file: "a", tricky), Self.part("g", Array("v".utf8)))
        let expected = try Self.read(bytes)
        #expect(expected.first == .part(.init(name: "f", fileName: "a"), tricky))
        for first in 0...bytes.count {
            for second in first...bytes.count where (second - first) % 3 == 1 || second == bytes.count {
                #expect(try Self.read(bytes, cuts: [first, second]) == expected)
            }
        }
    }

    @Test("Random content of delimiters' pieces, in random pieces, is the same", arguments: 0..<40)
    func randomPieces(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("\r\n-XyZ\u{0}a".utf8)
        var parts: [(name: String, content: [UInt8])] = []
        for number in 0..<Int.random(in: 1...6, using: &random) {
            var content = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            // What holds the delimiter itself is no content that a sender may send under it.
            while let at = content.firstDelimiter { content[at + 4] = UInt8(ascii: "a") }
            if content.starts(with: Array("--XyZ".utf8)) { content[2] = UInt8(ascii: "a") }
            parts.append(("n\(number)", content))
        }
        let bytes = parts.flatMap { Self.part($0.name, file: "f", $0.content) } + Array("--XyZ--".utf8)
        let cuts = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            Int.random(in: 0...bytes.count, using: &random)
        }
        let read = try Self.read(bytes, cuts: cuts.sorted())
        #expect(read == parts.map { .part(.init(name: $0.name, fileName: "f"), $0.content) } + [.end])
    }

    @Test("A form that breaks off anywhere is none, and says so")
    func brokenOff() {
        let bytes = Self.form(Self.part("f", file: "a.pdf", Array("content".utf8)))
        let last = bytes.count - 2  // without the line end, it is whole
        for end in 0..<last {
            #expect(throws: MultipartReader.Defect.self, "\(end)") { try Self.read(Array(bytes[..<end])) }
        }
        #expect(throws: Never.self) { try Self.read(Array(bytes[..<last])) }
    }

    @Test("What is no form is refused")
    func malformed() {
        let cases: [(String, MultipartReader.Defect)] = [
            ("", .noDelimiter), ("a=b", .noDelimiter), (String(repeating: "x", count: 2000), .noDelimiter),
            ("--XyZq\r\n", .delimiterMalformed), ("--XyZ\r\nContent-Type: a\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nnonsense\r\n\r\n", .headersMalformed),
            ("--XyZ\r\nX: \(String(repeating: "y", count: 9000))", .headersTooLong),
        ]
        for (text, defect) in cases {
            #expect(throws: defect, "\(text.prefix(60))") { try Self.read(Array(text.utf8)) }
        }
    }

    @Test("Parts are bounded")
    func bounded() {
        let part = Self.part("a", [])
        let most = (0..<MultipartReader.partLimit).flatMap { _ in part }
        #expect(throws: Never.self) { try Self.read(Self.form(most)) }
        #expect(throws: MultipartReader.Defect.tooManyParts) { try Self.read(Self.form(most, part)) }
    }

    @Test("Names are read as browsers and other programs write them")
    func names() throws {
        let names = [
            ("\"a%22b\"", "a\"b"), ("\"a\\\"b\"", "a\"b"), ("\"C:\\dir\\x.pdf\"", "C:\\dir\\x.pdf"), ("plain", "plain"),
            ("\"图;纸\"", "图;纸"),
        ]
        for (written, read) in names {
            let text = "--XyZ\r\ncontent-disposition:form-data;filename=\(written); name=\"n\"\r\n\r\n\r\n--XyZ--"
            #expect(try Self.read(Array(text.utf8)) == [.part(.init(name: "n", fileName: read), []), .end])
        }
    }

    @Test("The boundary comes out of the content type, or there is none")
    func boundary() {
        #expect(FormIntake.boundary("multipart/form-data; boundary=----abc") == "----abc")
        #expect(FormIntake.boundary("multipart/form-data; charset=utf-8; Boundary=\"a b\"") == "a b")
        for type in [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
            "multipart/form-data; boundary=a\u{7}",
        ] {
            #expect(FormIntake.boundary(type) == nil)
        }
    }
}

extension [UInt8] {
    fileprivate var firstDelimiter: Int? {
        let delimiter = Array("\r\n--XyZ".utf8)
        return indices.first { self[$0...].starts(with: delimiter) }
    }
}
