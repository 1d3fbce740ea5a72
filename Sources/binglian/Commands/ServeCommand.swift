import ArgumentParser
import DepartmentLink
import Foundation
import Logging
import Orchestrator
import ServiceLifecycle
import UnixSignals
import WorkCalendar

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run a node of the office: timers, messages to departments' systems, jobs. 运行节点。",
        discussion: """
            Any number of nodes may run on one store; when one is killed, the others have its work within three seconds. The log, one
            JSON object a line, goes to standard error. SIGTERM and Ctrl-C end it when what is in hand is done.
            """)

    @OptionGroup var store: StoreLocation

    @Option(help: "The file that says how departments' systems are reached (docs/operations.md).")
    var connectors: String?

    @Option(help: "The node's name, unique among the nodes of a store; default: made of the machine's name.")
    var node: String?

    @Option(help: "How many parts of jobs it computes at a time; 0 computes none.")
    var jobs = 2

    @Option(help: "For demonstrations: the office's first date, from which its days pass at --day.")
    var from: LocalDate?

    @Option(help: "For demonstrations: how many milliseconds a day of the office takes.")
    var day = 1000

    @Option(help: "Stop by itself after so many seconds.")
    var stopAfter: Int?

    func validate() throws {
        if let node, CommandKey(node) == nil { throw ValidationError("--node is 1 to 128 letters, digits or . _ : -") }
        if !(0...64).contains(jobs) { throw ValidationError("--jobs takes 0 to 64") }
        if !(10...86_400_000).contains(day) { throw ValidationError("--day takes 10 to 86400000 milliseconds") }
        if let stopAfter, stopAfter < 1 { throw ValidationError("--stop-after takes 1 or more seconds") }
    }

    func run() async throws {
        try await store.terminal.run { terminal in
            let connectors = try readConnectors(terminal)
            let receivers = Dictionary(
                connectors.all.map { ($0.department, $0.receiver) }, uniquingKeysWith: { first, _ in first })
            let logger = Logger(label: "binglian.node") { label in JSONLogHandler(label: label) }
            try await store.withOffice(terminal, creating: true, receivers: receivers, logger: logger) { office in
                try await serve(office, connectors, logger)
            }
        }
    }

    private func serve(_ office: CaseOffice, _ connectors: Connectors, _ logger: Logger) async throws {
        let clock: any OfficeClock =
            if let from { AcceleratedClock(from: from, day: .milliseconds(day)) } else { BeijingClock() }
        let delivery = HTTPDelivery(connectors, logger: logger)
        let node = Node(
            store: office.store, orchestrator: office.orchestrator, clock: clock,
            settings: Node.Settings(name: node ?? Self.defaultName, jobWidth: jobs),
            delivery: connectors.all.isEmpty ? nil : delivery,
            workers: [SimulationWorker(orchestrator: office.orchestrator)], logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: NodeService(node: node), successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
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

    private func readConnectors(_ terminal: Terminal) throws -> Connectors {
        guard let connectors else { return Connectors() }
        guard let text = try? String(contentsOfFile: connectors, encoding: .utf8) else {
            throw CommandFailure(zh: "读不到文件 \(connectors)。", en: "the file '\(connectors)' cannot be read.")
        }
        let reading = ConnectorFile.read(text, path: connectors)
        guard let read = reading.connectors else {
            let lines = reading.problems.map { problem in
                "\n  \(connectors):\(problem.line):\(problem.column): \(problem.text[terminal.language])"
            }
            throw CommandFailure(
                zh: "对接文件有 \(reading.problems.count) 处错误：\(lines.joined())",
                en: "the file of connectors has \(reading.problems.count) mistakes:\(lines.joined())")
        }
        return read
    }

    /// The machine's name, and something that tells two nodes on it apart.
    private static var defaultName: String {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return "\(host.prefix(60)).\(ProcessInfo.processInfo.processIdentifier)"
    }
}

/// A node as one of the services of a process, beside which others may run.
struct NodeService: Service {
    let node: Node

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await node.run() }
    }
}
