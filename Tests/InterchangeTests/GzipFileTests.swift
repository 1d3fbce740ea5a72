import Interchange
import Testing

@Suite("gzip files")
struct GzipFileTests {
    /// `printf 'hello hello hello\n' | gzip -n9`
    private let hello: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40,
        0x90, 0x5C, 0x00,
    ]
    private let check: [UInt8] = [0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00]
    private var file: [UInt8] { hello + check }

    @Test("One part, several parts and trailing zeros are unpacked")
    func unpacks() throws {
        let text = Array("hello hello hello\n".utf8)
        #expect(try GzipFile.unpacked(file) == text)
        #expect(try GzipFile.unpacked(file + file) == text + text)
        #expect(try GzipFile.unpacked(file + [0, 0, 0]) == text)
        #expect(try GzipFile.unpacked(file, largest: text.count) == text)
    }

    @Test("More than the limit is refused, also when it is spread over parts")
    func limit() {
        #expect(throws: ForeignFileError.self) { try GzipFile.unpacked(file, largest: 17) }
        #expect(throws: ForeignFileError.self) { try GzipFile.unpacked(file + file, largest: 35) }
    }

    @Test("Whatever is cut off or changed is refused")
    func damaged() {
        for length in 0..<file.count {
            #expect(throws: ForeignFileError.self, "\(length) bytes") {
                try GzipFile.unpacked(Array(file.prefix(length)))
            }
        }
        for index in file.indices where ![4, 5, 6, 7, 8, 9].contains(index) {
            var changed = file
            changed[index] ^= 0x41
            #expect(throws: ForeignFileError.self, "byte \(index)") { try GzipFile.unpacked(changed) }
        }
        #expect(throws: ForeignFileError.self) { try GzipFile.unpacked(file + [1]) }
    }
}
