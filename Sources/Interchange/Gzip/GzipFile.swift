import CZlib
import WorkCalendar

/// Unpacks gzip files (压缩文件) with zlib, never further than a limit.
///
/// - Source: RFC 1952; zlib's manual for `inflateInit2_`, whose 16 beyond the window size asks for gzip's own frame and
///   its checksum.
public enum GzipFile {
    /// Whether the bytes begin as a gzip file does.
    public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// What a file holds; several packed parts one after another make one text.
    ///
    /// - Parameter largest: bytes; unpacking stops once there are more.
    /// - Throws: what is packed is longer than that, cut off or damaged.
    /// - Complexity: O(bytes unpacked); no more memory than the limit and what was given.
    public static func unpacked(_ bytes: [UInt8], largest: Int = XESFile.largestSize) throws(ForeignFileError)
        -> [UInt8]
    {
        var unpacked: [UInt8] = []
        var rest = bytes[...]
        while isGzip(Array(rest.prefix(2))) {
            rest = rest.dropFirst(try inflate(rest, onto: &unpacked, largest: largest))
        }
        // Some writers fill the last block with zeros.
        guard rest.count < bytes.count, rest.allSatisfy({ $0 == 0 }) else {
            throw damaged
        }
        return unpacked
    }

    private static let damaged = ForeignFileError(
        LocalizedText(zh: "压缩文件不完整或已损坏", en: "the gzip file is cut off or damaged"),
        advice: LocalizedText(zh: "请重新下载或重新压缩", en: "fetch it again, or pack it again"))

    /// Unpacks one part.
    /// - Returns: how many bytes it took.
    private static func inflate(_ packed: ArraySlice<UInt8>, onto unpacked: inout [UInt8], largest: Int)
        throws(ForeignFileError) -> Int
    {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw damaged
        }
        defer { inflateEnd(&stream) }
        var taken = 0
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let given = packed.dropFirst(taken).prefix(64 << 10)
            let (status, read, made) = step(&stream, given, &buffer)
            taken += read
            guard unpacked.count + made <= largest else {
                throw ForeignFileError(
                    LocalizedText(
                        zh: "解压后超过 \(largest) 字节", en: "unpacked it has more than \(largest) bytes"),
                    advice: LocalizedText(zh: "请按时间或办件拆分后再导入", en: "split it by period or by case"))
            }
            unpacked += buffer.prefix(made)
            if status == Z_STREAM_END { return taken }
            guard status == Z_OK, read > 0 || made > 0 else { throw damaged }
        }
    }

    private static func step(_ stream: inout z_stream, _ given: ArraySlice<UInt8>, _ buffer: inout [UInt8])
        -> (status: Int32, read: Int, made: Int)
    {
        given.withUnsafeBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { output in
                // zlib reads and writes only within the counts set beside the pointers, and both buffers outlive the
                // call; its next_in is not const by history, but it does not write there.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                return (status, input.count - Int(stream.avail_in), output.count - Int(stream.avail_out))
            }
        }
    }
}
