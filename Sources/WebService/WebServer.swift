import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Orchestrator
import ServiceLifecycle

/// The service (服务): pages for people and an interface for programs, of any number of cities.
///
/// When it is told to end it takes no new connections, lets requests under way finish and ends event streams.
public struct WebServer: Service {
    let parts: ServiceParts
    private let onRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameter onRunning: called once connections are taken, with the port.
    public init(
        _ offices: CityOffices, _ configuration: ServiceConfiguration, logger: Logger,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        parts = ServiceParts(
            offices, configuration, endpoints: AllEndpoints.list, logger: logger,
            tokens: configuration.provider.map { ProviderTokens($0) })
        self.onRunning = onRunning
    }

    /// The application without its surroundings, as tests ask it.
    func application() throws -> Application<WebResponder> {
        let configuration = parts.configuration
        return Application(
            responder: WebResponder(parts: parts), server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port), serverName: nil),
            onServerRunning: { [onRunning] channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: parts.logger)
    }

    private func server() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [SlowHeaderGuard()],
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        guard let certificates = parts.configuration.certificates, let key = parts.configuration.privateKey else {
            return http
        }
        let chain = try NIOSSLCertificate.fromPEMFile(certificates).map { NIOSSLCertificateSource.certificate($0) }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        return try .tls(http, tlsConfiguration: tls)
    }

    public func run() async throws {
        let application = try application()
        let feeds = parts.offices.all.map(\.feed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                var ticks = 0
                for await _ in Self.ticks(every: .milliseconds(250)).cancelOnGracefulShutdown() {
                    ticks += 1
                    for feed in feeds {
                        feed.nudge()
                        if ticks % 60 == 0 { feed.beat() }
                    }
                }
                for feed in feeds { feed.end() }
                // The application says when it is over.
                try? await Task.sleep(for: .seconds(3600))
            }
            for lists in parts.offices.all.map(\.lists) { group.addTask { await lists.run() } }
            // The ticking ends with the application.
            try await group.next()
            group.cancelAll()
        }
    }

    private static func ticks(every interval: Duration) -> AsyncStream<Void> {
        AsyncStream {
            try? await Task.sleep(for: interval)
            return Task.isCancelled ? nil : ()
        }
    }
}
