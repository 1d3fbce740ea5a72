import AsyncHTTPClient
import Dispatch
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Orchestrator
import Synchronization

/// Why a message did not reach a department's system.
enum LinkFailure: Error, Hashable {
    case unresolved(String)
    /// The host has an address that is not public and not allowed.
    case forbiddenAddress(String)
}

/// Posts messages to departments' systems (部门系统投递): CloudEvents 1.0, signed as Standard Webhooks has it.
///
/// The address of a host is looked up, judged and then connected to, so that no second look-up can lead elsewhere.
/// Redirects are answers like any other and are not followed. Of an answer at most 64 KiB are read.
public final class HTTPDelivery: MessageDelivery {
    static let answerLimit = 64 << 10

    private let connectors: Connectors
    private let logger: Logger
    private let resolve: @Sendable (String) throws -> [NetworkAddress]
    /// A client connects a host to one address only.
    private let clients = Mutex<[String: (address: NetworkAddress, client: HTTPClient)]>([:])

    public var receivers: Set<String> { Set(connectors.all.map(\.receiver)) }

    public convenience init(_ connectors: Connectors, logger: Logger = Logger(label: "binglian.link")) {
        self.init(connectors, logger: logger, resolve: { try NetworkAddress.resolve($0) })
    }

    init(_ connectors: Connectors, logger: Logger, resolve: @escaping @Sendable (String) throws -> [NetworkAddress]) {
        self.connectors = connectors
        self.logger = logger
        self.resolve = resolve
    }

    /// Ends all connections.
    public func close() async {
        let open = clients.withLock { clients in
            defer { clients = [:] }
            return clients.values.map(\.client)
        }
        for client in open { try? await client.shutdown() }
    }

    public func deliver(_ message: OutboxMessage, token: Int64) async -> DeliveryVerdict {
        guard let connector = connectors.of(receiver: message.message.receiver) else {
            return .failed("no connector is configured")
        }
        do {
            let client = try await client(for: connector)
            let request = try CloudEvent(message).request(to: connector, token: token, at: .now)
            let response = try await client.execute(
                request, timeout: .nanoseconds(connector.timeout.milliseconds * 1_000_000))
            // Read to its end or its limit, so that the connection can be used again or is closed.
            _ = try? await response.body.collect(upTo: Self.answerLimit)
            return Self.verdict(Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"))
        } catch LinkFailure.forbiddenAddress(let address) {
            return .failed("the address \(address) is not allowed")
        } catch LinkFailure.unresolved {
            return .failed("the host has no address")
        } catch let error as HTTPClientError {
            return .failed("HTTP: \(error.shortDescription)")
        } catch {
            return .failed("HTTP: \(type(of: error))")
        }
    }

    /// What an answer means.
    ///
    /// 410 says that the door is closed for good; other refusals may be mended over there, so they are tried again.
    static func verdict(_ status: Int, retryAfter: String?) -> DeliveryVerdict {
        switch status {
        case 200..<300: return .delivered
        case 410: return .refused("410")
        case 429, 503:
            let seconds = retryAfter.flatMap { Int64($0) }.map { min(max(0, $0), 3600) }
            return .failed("\(status)", notBefore: seconds.map { Instant.now.adding(milliseconds: $0 * 1000) })
        default: return .failed("\(status)")
        }
    }

    // MARK: Addresses

    private func client(for connector: Connector) async throws -> HTTPClient {
        let address = try await address(of: connector)
        let (client, old) = clients.withLock { clients -> (HTTPClient, HTTPClient?) in
            let known = clients[connector.receiver]
            if let known, known.address == address { return (known.client, nil) }
            let client = Self.makeClient(connector, address)
            clients[connector.receiver] = (address, client)
            return (client, known?.client)
        }
        if let old { Task { try? await old.shutdown() } }
        return client
    }

    private static func makeClient(_ connector: Connector, _ address: NetworkAddress) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.dnsOverride = [connector.host: address.description]
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .nanoseconds(connector.timeout.milliseconds * 1_000_000)
        configuration.timeout.read = .nanoseconds(connector.timeout.milliseconds * 1_000_000)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The address to connect to. If any of a host's addresses is forbidden, none is called.
    private func address(of connector: Connector) async throws -> NetworkAddress {
        let resolve = resolve
        let host = connector.host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let addresses = try await withCheckedThrowingContinuation { answer in
            // The resolver blocks, and a thread of its own may wait for it.
            DispatchQueue.global().async { answer.resume(with: Result { try resolve(host) }) }
        }
        guard let first = addresses.first else { throw LinkFailure.unresolved(host) }
        for address in addresses where !connector.allows(address) {
            throw LinkFailure.forbiddenAddress(address.description)
        }
        return first
    }
}
