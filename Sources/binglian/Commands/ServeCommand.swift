import ArgumentParser
import Foundation
import Logging
import Orchestrator
import SQLiteStore
import ServiceLifecycle
import UnixSignals
import WebService
import WorkCalendar
import WorkflowModel

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the web interface and the API of a store. 启动网页与接口服务。",
        discussion: """
            Without accounts in the store, the three administrators are opened with a new password, which is printed once.
            Ctrl-C ends the service; requests under way are finished first.
            """)

    @Option(help: "The SQLite file that holds the cases; default: BINGLIAN_STORE, else binglian.db.")
    var store: String = ProcessInfo.processInfo.environment["BINGLIAN_STORE"] ?? "binglian.db"

    @Option(help: "Where to listen: HOST:PORT; port 0 takes a free one.")
    var address: ListeningAddress = ListeningAddress(host: "127.0.0.1", port: 8080)

    @Option(help: "The city's id, and what it is called: ID=NAME.")
    var city: CityName = CityName(id: "city", name: "示范市")

    @Flag(help: "A small lively city with an account for every role; only for trying things out.")
    var demo = false

    @Option(help: "How long a day of the demonstration lasts: 1d=20s.")
    var pace: Pace = .perDay(milliseconds: 20_000)

    @Option(help: "The office's date, which then stands still; default: today in Beijing.")
    var on: LocalDate?

    @Option(help: "The PEM file of the certificate chain, for HTTPS.")
    var tlsCertificate: String?

    @Option(help: "The PEM file of the private key.")
    var tlsKey: String?

    @Flag(help: "A proxy in front ends HTTPS and says in X-Forwarded-For who asks.")
    var behindProxy = false

    @Option(
        name: .customLong("allow-origin"), help: "An origin whose scripts may read the API; may be given several times."
    )
    var allowedOrigins: [String] = []

    @Option(help: "Requests a second that a person or an address may send in the long run; 0 for no limit.")
    var rate: Double = 50

    @Option(help: "The folder of uploaded files; default: the store's name with .files.")
    var files: String?

    @Option(help: "The issuer of an OpenID Connect provider whose tokens are taken.")
    var oidcIssuer: String?

    @Option(help: "The audience that its tokens must be for.")
    var oidcAudience: String?

    @Option(help: "Its keys (JWKS): a file or an https address.")
    var oidcKeys: String?

    @Option(help: languageHelp)
    var lang: LanguageChoice?

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together")
        }
        guard Set([oidcIssuer, oidcAudience, oidcKeys].map { $0 == nil }).count == 1 else {
            throw ValidationError("--oidc-issuer, --oidc-audience and --oidc-keys belong together")
        }
        guard rate >= 0, rate.isFinite else { throw ValidationError("--rate is 0 or more") }
    }

    func run() async throws {
        try await Terminal.current(language: lang?.language).run { terminal in
            let opened: SQLiteStore
            do {
                opened = try await SQLiteStore.open(path: store)
            } catch {
                throw CommandFailure(
                    zh: "办件库 \(store) 打不开：\(error)。检查路径和权限。",
                    en: "the store '\(store)' cannot be opened: \(error). Check the path and its permissions.")
            }
            do {
                try await serve(opened, terminal)
            } catch {
                try? await opened.close()
                throw error
            }
            try await opened.close()
        }
    }

    private func serve(_ opened: SQLiteStore, _ terminal: Terminal) async throws {
        var logger = Logger(label: "binglian.serve")
        logger.logLevel = .notice
        let opensOn = on ?? OfficeDate.today
        let clock: CityClock =
            on != nil
            ? .fixed(on: opensOn)
            : demo ? .accelerated(from: opensOn, millisecondsPerDay: pace.milliseconds) : .system
        let orchestrator = Orchestrator(store: opened, logger: logger)
        let office = CityOffice(
            id: city.id, name: LocalizedText(zh: city.name, en: city.name), store: opened, orchestrator: orchestrator,
            clock: clock, shipped: try shipped(terminal))
        let accounts = try await firstAccounts(of: office)
        let service = WebServer(
            CityOffices([office]), configuration, logger: logger,
            onRunning: { port in
                greet(port: port, accounts, terminal)
            })
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(
                service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup)
        ]
        if demo {
            let life = DemoCity(
                orchestrator: orchestrator, files: Files(terminal: terminal), opensOn: opensOn,
                waitUntil: { try await clock.wait(until: $0) }, logger: logger)
            services.append(
                .init(
                    service: DemoLife(city: life), successTerminationBehavior: .ignore,
                    failureTerminationBehavior: .ignore))
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: group).run()
    }

    /// The workflows and calendars of the shipped folder.
    private func shipped(_ terminal: Terminal) throws -> ShippedTexts {
        let files = Files(terminal: terminal)
        var texts = ShippedTexts()
        func names(_ folder: URL) -> [String] {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return all.filter { $0.hasSuffix(".yaml") }.sorted()
        }
        for name in names(files.library) where name.hasPrefix("wf-") {
            let text = try files.text(files.library.appendingPathComponent(name).path)
            if let workflow = WorkflowFile.read(text, path: name).value { texts.workflows[workflow.id] = text }
        }
        let calendars = files.library.appendingPathComponent("calendars")
        for name in names(calendars) {
            let text = try files.text(calendars.appendingPathComponent(name).path)
            if let calendar = CalendarFile.read(text, path: name).value { texts.calendars[calendar.id] = text }
        }
        return texts
    }

    private var configuration: ServiceConfiguration {
        var configuration = ServiceConfiguration(address: address.host, port: address.port)
        configuration.certificates = tlsCertificate
        configuration.privateKey = tlsKey
        configuration.isBehindProxy = behindProxy
        configuration.allowedOrigins = Set(allowedOrigins)
        configuration.requestsPerSecond = rate == 0 ? nil : rate
        configuration.files = files ?? store + ".files"
        configuration.version = Binglian.configuration.version
        if let oidcIssuer, let oidcAudience, let oidcKeys {
            configuration.provider = TokenProvider(issuer: oidcIssuer, audience: oidcAudience, keys: oidcKeys)
        }
        return configuration
    }

    /// Who may sign in, when nobody could before.
    private func firstAccounts(of office: CityOffice) async throws -> (accounts: [FirstAccount], password: String)? {
        if demo {
            let password = "binglian-demo"
            return (
                try await office.openDemonstration(
                    owners: DemoProject.owners, departments: DemoProject.departments,
                    technicalUnits: ["review-agency"], utilities: ["water-company"], password: password), password
            )
        }
        guard try await office.accountCount() == 0 else { return nil }
        let password = (0..<4).map { _ in String(UInt32.random(in: 0...UInt32.max), radix: 36) }.joined(separator: "-")
        return (try await office.openAdministrators(password: password), password)
    }

    private func greet(port: Int, _ first: (accounts: [FirstAccount], password: String)?, _ terminal: Terminal) {
        let scheme = tlsCertificate == nil ? "http" : "https"
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        var lines = [terminal.say("服务地址  \(scheme)://\(host):\(port)/", "Serving at  \(scheme)://\(host):\(port)/")]
        if let first {
            lines.append(
                terminal.say("口令均为  \(first.password)，账号：", "The password is  \(first.password)  for each account:"))
            for account in first.accounts {
                lines.append("  " + DisplayWidth.padded(account.id, to: 20) + " " + account.role[terminal.language])
            }
        }
        lines.append(terminal.say("按 Ctrl-C 结束。", "Ctrl-C ends it."))
        printOut(lines.joined(separator: "\n"))
    }
}

/// The demonstration city as a service beside the others.
private struct DemoLife: Service {
    let city: DemoCity

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await city.live() }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }
}

/// `HOST:PORT`; an IPv6 address in brackets.
struct ListeningAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), let port = Int(argument[argument.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = argument[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}

/// `ID=NAME`, or the id alone.
struct CityName: ExpressibleByArgument {
    let id: String
    let name: String

    init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let id = halves.first, id.utf8.count <= 64,
            id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { return nil }
        self.init(id: id, name: halves.count > 1 ? halves[1] : id)
    }

    var defaultValueDescription: String { "\(id)=\(name)" }
}

extension Pace {
    /// How long a day lasts; a millisecond where it takes no time.
    var milliseconds: Int {
        switch self {
        case .instant: 1
        case .perDay(let milliseconds): max(1, milliseconds)
        }
    }
}

extension DemoProject {
    /// Who owns the projects that people work on.
    static var owners: [String] {
        var owners: [String] = []
        for project in all where project.isLeftToPeople && !owners.contains(project.owner.code) {
            owners.append(project.owner.code)
        }
        return owners
    }

    /// The departments that have an account each, of those in the workflow that most of the projects go through.
    static let departments: [(id: String, title: LocalizedText)] = [
        ("natural-resources", LocalizedText(zh: "规划和自然资源", en: "Planning and natural resources")),
        ("housing", LocalizedText(zh: "住房和城乡建设", en: "Housing and construction")),
        ("development-reform", LocalizedText(zh: "发展改革", en: "Development and reform")),
        ("ecology", LocalizedText(zh: "生态环境", en: "Ecology and environment")),
        ("water", LocalizedText(zh: "水利", en: "Water resources")),
        ("civil-defence", LocalizedText(zh: "人民防空", en: "Civil defence")),
        ("landscape", LocalizedText(zh: "园林绿化", en: "Landscape and greening")),
        ("traffic", LocalizedText(zh: "交通和公安交管", en: "Transport and traffic police")),
        ("public-security", LocalizedText(zh: "公安", en: "Public security")),
        ("review-agency", LocalizedText(zh: "施工图审查机构", en: "Drawing review agency")),
        ("water-company", LocalizedText(zh: "供水企业", en: "Water company")),
    ]
}
