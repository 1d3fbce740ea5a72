import CZlib
import HTTPTypes
import NIOCore

/// Packs answers that are worth it (压缩).
enum Gzip {
    /// Shorter ones fit into a packet as they are.
    static let shortest = 1024

    /// Leaves it as it is when the other side does not unpack, when it is short, or no text.
    static func pack(_ written: inout Written, accepting header: String?) {
        guard let header, accepts(header), written.stream == nil, written.body.readableBytes > shortest,
            let type = written.headers[.contentType], isText(type)
        else { return }
        written.body = ByteBuffer(bytes: packed(Array(buffer: written.body)))
        written.headers[.contentEncoding] = "gzip"
        written.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
        // The same thing otherwise written is another representation, and so weakly the same.
        if let etag = written.headers[.eTag], !etag.hasPrefix("W/") { written.headers[.eTag] = "W/" + etag }
    }

    private static func accepts(_ header: String) -> Bool {
        header.split(separator: ",").contains { part in
            let part = part.filter { $0 != " " }.lowercased()
            return part == "gzip" || (part.hasPrefix("gzip;") && !part.hasSuffix("q=0") && !part.hasSuffix("q=0.0"))
        }
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") && type != "text/event-stream" || type.contains("json") || type.contains("xml")
            || type.contains("javascript") || type.contains("yaml")
    }

    /// - Source: RFC 1952; zlib's manual for `deflateInit2_`, whose 16 beyond the window size asks for gzip's frame.
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { preconditionFailure("zlib has no memory") }
        defer { deflateEnd(&stream) }
        var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let made = input.withUnsafeMutableBufferPointer { input in
            out.withUnsafeMutableBufferPointer { out in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(out.count)
                let status = deflate(&stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound is enough")
                return Int(stream.total_out)
            }
        }
        out.removeLast(out.count - made)
        return out
    }
}
