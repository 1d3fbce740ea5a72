import ArgumentParser
import DepartmentLink
import Foundation
import Logging
import Orchestrator
import ServiceLifecycle
import UnixSignals
import WebService
import WorkCalendar
import WorkflowModel

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the web interface and the API of a store, and run a node of it. 启动服务。",
        discussion: """
            Any number of nodes may run on one store; when one is killed, the others have its work within three seconds.

            Without accounts in the store, the three administrators are opened with a new password, which is printed once.
            The log, one JSON object a line, goes to standard error. SIGTERM and Ctrl-C end the service; what is in hand is
            finished first.
            """)

    @OptionGroup var store: StoreLocation

    @Option(help: "Where to listen: HOST:PORT; port 0 takes a free one.")
    var address: ListeningAddress = ListeningAddress(host: "127.0.0.1", port: 8080)

    @Flag(inversion: .prefixedNo, help: "Serve pages and the API; without, the node does its work only.")
    var web = true

    @Option(help: "The city's id, and what it is called: ID=NAME.")
    var city: CityName = CityName(id: "city", name: "示范市")

    @Flag(help: "A small lively city with an account for every role; only for trying things out.")
    var demo = false

    @Option(help: "The office's date, which then stands still; default: today in Beijing.")
    var on: LocalDate?

    @Option(help: "For demonstrations: the office's first date, from which its days pass at the pace.")
    var from: LocalDate?

    @Option(help: "How long a day lasts after --from: 1d=20s.")
    var pace: Pace = .perDay(milliseconds: 20_000)

    @Option(help: "The file that says how departments' systems are reached (docs/operations.md).")
    var connectors: String?

    @Option(help: "The node's name, unique among the nodes of a store; default: made of the machine's name.")
    var node: String?

    @Option(help: "How many parts of jobs it computes at a time; 0 computes none.")
    var jobs = 2

    @Option(help: "Stop by itself after so many seconds.")
    var stopAfter: Int?

    @OptionGroup(title: "Web") var webOptions: WebOptions

    func validate() throws {
        if let node, CommandKey(node) == nil { throw ValidationError("--node is 1 to 128 letters, digits or . _ : -") }
        if !(0...64).contains(jobs) { throw ValidationError("--jobs takes 0 to 64") }
        if let stopAfter, stopAfter < 1 { throw ValidationError("--stop-after takes 1 or more seconds") }
        if on != nil, from != nil { throw ValidationError("--on and --from exclude each other") }
    }

    func run() async throws {
        try await store.terminal.run { terminal in
            let connectors = try connectors.map { try Connectors(file: $0, terminal) } ?? Connectors()
            let receivers = Dictionary(
                connectors.all.map { ($0.department, $0.receiver) }, uniquingKeysWith: { first, _ in first })
            let logger = Logger(label: "binglian.node") { label in JSONLogHandler(label: label) }
            try await store.withOffice(terminal, creating: true, receivers: receivers, logger: logger) { office in
                try await serve(office, connectors, terminal, logger)
            }
        }
    }

    /// The day on which a demonstration begins, unless it is told another: its projects enter around it.
    private static let demonstrationDay = LocalDate(year: 2026, month: 3, day: 2)!  // a Monday

    private var clock: any OfficeClock {
        if let on { return StandingClock(on: on) }
        guard let from = from ?? (demo ? Self.demonstrationDay : nil) else { return BeijingClock() }
        return AcceleratedClock(from: from, day: .milliseconds(pace.milliseconds))
    }

    private func serve(
        _ office: CaseOffice, _ connectors: Connectors, _ terminal: Terminal, _ logger: Logger
    ) async throws {
        let clock = clock
        let delivery = HTTPDelivery(connectors, logger: logger)
        let meters = MeterRegistry()
        let node = Node(
            store: office.store, orchestrator: office.orchestrator, clock: clock,
            settings: Node.Settings(name: node ?? Self.defaultName, jobWidth: jobs),
            delivery: connectors.all.isEmpty ? nil : delivery,
            workers: [
                SimulationWorker(orchestrator: office.orchestrator), AdviceWorker(orchestrator: office.orchestrator),
            ], registry: meters, logger: logger)
        let (opening, opened) = AsyncStream<Void>.makeStream()
        let hasHistory = demo
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(
                service: NodeService(node: node, ready: { if hasHistory { for await _ in opening {} } }),
                successTerminationBehavior: .gracefullyShutdownGroup)
        ]
        if web { services.append(try await webService(office, clock, connectors, meters, terminal, logger)) }
        if demo {
            let life = DemoCity(
                orchestrator: office.orchestrator, files: Files(terminal: terminal), opensOn: clock.today,
                waitUntil: { try await clock.wait(until: $0) }, logger: logger)
            try await life.fillLibrary(office.store)
            services.append(
                .init(
                    service: DemoLife(city: life, onOpening: { opened.finish() }), successTerminationBehavior: .ignore,
                    failureTerminationBehavior: .ignore))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // What is in hand is done by then, or done again by others.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        let group = ServiceGroup(configuration: configuration)
        let alarm = stopAfter.map { seconds in
            Task {
                try await Task.sleep(for: .seconds(seconds))
                await group.triggerGracefulShutdown()
            }
        }
        defer { alarm?.cancel() }
        do {
            try await group.run()
        } catch {
            await delivery.close()
            throw error
        }
        await delivery.close()
    }

    private func webService(
        _ office: CaseOffice, _ clock: any OfficeClock, _ connectors: Connectors, _ meters: MeterRegistry,
        _ terminal: Terminal, _ logger: Logger
    ) async throws -> ServiceGroupConfiguration.ServiceConfiguration {
        let cityOffice = CityOffice(
            id: city.id, name: LocalizedText(zh: city.name, en: city.name), store: office.store,
            orchestrator: office.orchestrator,
            clock: clock, shipped: try ShippedTexts(in: Files(terminal: terminal)))
        let accounts = try await firstAccounts(of: cityOffice)
        var configuration = webOptions.configuration(at: address, beside: store.store)
        configuration.connectors = connectors
        configuration.meters = meters
        let server = WebServer(
            CityOffices([cityOffice]), configuration, logger: logger,
            onRunning: { greet(port: $0, accounts, terminal) })
        return .init(
            service: server, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
    }

    /// Who may sign in, when nobody could before.
    private func firstAccounts(of office: CityOffice) async throws -> (accounts: [FirstAccount], password: String)? {
        if demo {
            let password = "binglian-demo"
            return (
                try await office.openDemonstration(
                    owners: DemoProject.owners, departments: DemoProject.departments,
                    chained: ["natural-resources", "housing", "development-reform", "ecology"],
                    technicalUnits: ["review-agency", "design-firm", "survey-firm"],
                    utilities: ["water-company", "utility-companies"],
                    password: password), password
            )
        }
        guard try await office.accountCount() == 0 else { return nil }
        let password = (0..<4).map { _ in String(UInt32.random(in: 0...UInt32.max), radix: 36) }.joined(separator: "-")
        return (try await office.openAdministrators(password: password), password)
    }

    private func greet(port: Int, _ first: (accounts: [FirstAccount], password: String)?, _ terminal: Terminal) {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let place = "\(webOptions.scheme)://\(host):\(port)/"
        var lines = [terminal.say("服务地址  \(place)", "Serving at  \(place)")]
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

    /// The machine's name, and something that tells two nodes on it apart.
    private static var defaultName: String {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return "\(host.prefix(60)).\(ProcessInfo.processInfo.processIdentifier)"
    }
}
