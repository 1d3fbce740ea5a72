import DepartmentLink
import Logging
import Orchestrator
import WorkCalendar

/// How a service is set up (服务设置).
public struct ServiceConfiguration: Sendable {
    public var address: String
    public var port: Int
    /// The PEM files of a certificate chain and its key; `nil` for plain HTTP.
    public var certificates: String?
    public var privateKey: String?
    /// Whether a proxy ends TLS in front of it: cookies are then for HTTPS alone, and the proxy says who asks.
    public var isBehindProxy = false
    /// Other origins whose scripts may read the interface; none unless named.
    public var allowedOrigins: Set<String> = []
    /// How many requests a person or an address may send a second in the long run; `nil` for no limit.
    public var requestsPerSecond: Double? = 50
    /// The folder of handed-in files; `nil` where none are taken.
    public var files: String?
    /// Most bytes of a handed-in file, and of all files of one form together.
    public var largestFile = FileRoom.limit
    /// Whose tokens are taken besides our own sessions.
    public var provider: TokenProvider?
    /// For how long requests under way may go on when the service ends.
    public var patience: Duration = .seconds(20)
    /// The version of the program, for the page of the system.
    public var version = "0.1.0"
    /// Departments whose systems may answer by themselves.
    public var connectors = Connectors()
    /// What `/metrics` shows.
    public var meters = MeterRegistry()
    /// Rounds for new passwords; fewer only in tests.
    public var passwordRounds = 600_000

    public init(address: String = "127.0.0.1", port: Int = 8080) {
        self.address = address
        self.port = port
    }

    /// Whether browsers come by HTTPS.
    var isSecure: Bool { certificates != nil || isBehindProxy }
}

/// Whose tokens are taken (身份提供方): OpenID Connect.
public struct TokenProvider: Sendable, Hashable {
    /// `iss` of its tokens, exactly.
    public var issuer: String
    /// `aud` of tokens that are for us.
    public var audience: String
    /// Where its keys are: a file, or an address that begins with `https://`.
    public var keys: String

    public init(issuer: String, audience: String, keys: String) {
        self.issuer = issuer
        self.audience = audience
        self.keys = keys
    }
}

/// What all requests share.
final class ServiceParts: Sendable {
    let configuration: ServiceConfiguration
    let offices: CityOffices
    let endpoints: [Endpoint]
    let table: RoutingTable
    let sessions: Sessions
    let documents = CaseDocuments()
    let forecasts = Forecasts()
    /// `nil` where no provider's tokens are taken.
    let tokens: (any TokenVerifying)?
    let logger: Logger
    /// Requests of a person or an address.
    let requests: TokenBuckets?
    /// Five tries a minute for an account, and thirty from an address.
    let signInsOfAccount = TokenBuckets(perSecond: 5.0 / 60, burst: 5)
    let signInsFromAddress = TokenBuckets(perSecond: 0.5, burst: 30)

    init(
        _ offices: CityOffices, _ configuration: ServiceConfiguration, endpoints: [Endpoint], logger: Logger,
        tokens: (any TokenVerifying)? = nil
    ) {
        self.tokens = tokens
        self.configuration = configuration
        self.offices = offices
        sessions = Sessions(store: offices.first.store)
        self.endpoints = endpoints
        self.logger = logger
        table = RoutingTable(endpoints)
        requests = configuration.requestsPerSecond.map { TokenBuckets(perSecond: $0, burst: max(100, 4 * $0)) }
    }

    /// Where handed-in files are; `nil` where none are taken.
    var files: FileRoom? { configuration.files.map { FileRoom(folder: $0) } }

    /// The name of the cookie: `__Host-` binds it to this host and to HTTPS (RFC 6265bis §4.1.3.2).
    var cookieName: String { configuration.isSecure ? "__Host-session" : "session" }
}
