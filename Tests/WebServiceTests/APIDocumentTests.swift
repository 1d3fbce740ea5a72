import CaseEngine
import Foundation
import Hummingbird
import Logging
import Orchestrator
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@testable import WebService

/// docs/api.md: what it shows can be typed in order, and is answered as shown.
@Suite struct APIDocumentTests {
    private struct Step {
        let line: Int
        let command: String
        var shown: [Substring] = []
    }

    /// Where the document has its service listen.
    private static let place = "127.0.0.1:18473"

    private static func steps() throws -> [Step] {
        var steps: [Step] = []
        var isInside = false
        let lines = try ProjectFiles.text("docs/api.md").split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(line: index + 1, command: String(line.dropFirst(2))))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].shown.append(line)
            }
        }
        return steps
    }

    /// A city with the accounts of the demonstration and one case.
    private static func office() async throws -> CityOffice {
        let city = try await TestCity()
        let store = InMemoryStore()
        let office = CityOffice(
            id: "city", name: LocalizedText(zh: "示范市", en: "City"), store: store,
            orchestrator: Orchestrator(store: store), clock: StandingClock(on: TestCity.today),
            shipped: city.here.shipped)
        let publication = try await office.publication(of: TestCity.workflow, version: nil, on: TestCity.today)
        let (project, facts) = try ProjectReading.read(
            try JSONReading.read(Array(TestCity.project.utf8)), for: publication.workflow)
        for number in 1...2 {
            _ = try await office.orchestrator.open(
                try #require(CaseID("case-\(number)")), with: publication, project: project, facts: facts,
                on: TestCity.today, by: Actor(role: .applicant, name: "陈建设"), at: office.clock.now)
        }
        _ = try await office.openDemonstration(
            owners: [TestCity.ownerCode],
            departments: [(id: TestCity.lead, title: LocalizedText(zh: "规划局", en: "Planning"))],
            password: "binglian-demo")
        return office
    }

    private static func type(_ command: String, in folder: URL) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return await withCheckedContinuation { done in
            DispatchQueue.global().async {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                done.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }

    @Test func everyExampleIsAnsweredAsShown() async throws {
        let steps = try Self.steps()
        try #require(steps.count > 5 && steps[0].command.hasPrefix("binglian serve"))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = ServiceConfiguration()
        configuration.port = 0
        configuration.files = folder.appendingPathComponent("files").path
        let (ports, told) = AsyncStream<Int>.makeStream()
        let server = WebServer(
            CityOffices([try await Self.office()]), configuration, logger: Logger(label: "test"),
            onRunning: { told.yield($0) })
        let running = Task { try await server.application().run() }
        defer { running.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        var typed = 0
        for step in steps {
            var command = step.command.replacing(Self.place, with: "127.0.0.1:\(port)")
            if command.hasPrefix("binglian serve") {
                // The service is here already: only whether it is ready is asked.
                command = "curl -sf http://127.0.0.1:\(port)/readyz"
            }
            guard !command.hasPrefix("kill ") else { continue }
            typed += 1
            let answer = try await Self.type(command, in: folder)
            var rest = answer.split(separator: "\n", omittingEmptySubsequences: false)[...]
            for shown in step.shown where shown != "…" && !shown.isEmpty {
                let place = rest.firstIndex { real in
                    shown.hasSuffix("…") ? real.hasPrefix(shown.dropLast()) : real == shown
                }
                guard let place else {
                    Issue.record(
                        "docs/api.md:\(step.line): $ \(command)\ndoes not show: \(shown)\nbut: \(answer.prefix(2000))")
                    break
                }
                rest = rest[(place + 1)...]
            }
        }
        #expect(typed > 5)
    }
}
