import DepartmentLink
import Foundation
import Orchestrator
import ServiceLifecycle
import WorkCalendar

/// A node as one of the services of a process, beside which others may run.
struct NodeService: Service {
    let node: Node
    /// Returns when the node may begin.
    var ready: @Sendable () async -> Void = {}

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            await ready()
            try await node.run()
        }
    }
}

/// The demonstration city as a service beside the others.
struct DemoLife: Service {
    let city: DemoCity
    /// Called when its past is played, and others may work on its cases.
    let onOpening: @Sendable () -> Void

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await city.playHistory()
                onOpening()
                await city.live()
            }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }
}

extension Connectors {
    /// What a file of connectors says, or what is wrong with it.
    init(file path: String, _ terminal: Terminal) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(zh: "读不到文件 \(path)。", en: "the file '\(path)' cannot be read.")
        }
        let reading = ConnectorFile.read(text, path: path)
        guard let read = reading.connectors else {
            let lines = reading.problems.map { problem in
                "\n  \(path):\(problem.line):\(problem.column): \(problem.text[terminal.language])"
            }
            throw CommandFailure(
                zh: "对接文件有 \(reading.problems.count) 处错误：\(lines.joined())",
                en: "the file of connectors has \(reading.problems.count) mistakes:\(lines.joined())")
        }
        self = read
    }
}
