import Dispatch
import Foundation
import Synchronization

/// Stands between a store and its server on a Unix socket, and can stop passing on what the server says while the
/// connection stays open: what no keepalive sees.
final class MuteProxy: Sendable {
    /// The folder to name as host.
    let folder: String
    private let server: String
    private let listener: CInt
    private let mute = Mutex(false)
    private let sockets = Mutex<[CInt]>([])

    var isMute: Bool {
        get { mute.withLock { $0 } }
        set { mute.withLock { $0 = newValue } }
    }

    /// - Parameter server: the folder of the server's socket.
    init(to server: String) throws {
        self.server = server + "/.s.PGSQL.5432"
        // Short: the path of a socket holds 107 bytes.
        folder = "/tmp/bl-px-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard Self.withAddress(folder + "/.s.PGSQL.5432", { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0
        else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { self.serve() }
    }

    func close() {
        shutdown(listener, CInt(SHUT_RDWR))
        Foundation.close(listener)
        for socket in sockets.withLock({ $0 }) { shutdown(socket, CInt(SHUT_RDWR)) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func serve() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            let upstream = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else {
                Foundation.close(client)
                continue
            }
            sockets.withLock { $0 += [client, upstream] }
            Thread.detachNewThread { self.pass(from: client, to: upstream, canBeMute: false) }
            Thread.detachNewThread { self.pass(from: upstream, to: client, canBeMute: true) }
        }
    }

    private func pass(from source: CInt, to target: CInt, canBeMute: Bool) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &bytes, bytes.count)
            if count <= 0 { break }
            if canBeMute && isMute { continue }
            var sent = 0
            while sent < count {
                let written = bytes.withUnsafeBytes {
                    send(target, $0.baseAddress! + sent, count - sent, CInt(MSG_NOSIGNAL))
                }
                if written <= 0 { break }
                sent += written
            }
        }
        shutdown(target, CInt(SHUT_RDWR))
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            for (index, byte) in path.utf8.enumerated() { place[index] = byte }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
