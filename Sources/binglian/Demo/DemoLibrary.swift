import Foundation
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension DemoCity {
    /// Puts the workflows of the demonstration on the library's shelf, handed in by one editor and released by another.
    ///
    /// A library that has any workflow is left as it is.
    func fillLibrary(_ store: any EventStore) async throws {
        let desk = LibraryDesk(store: store, orchestrator: orchestrator)
        guard try await desk.library().versions.isEmpty else { return }
        let earliest = opensOn.adding(days: (DemoProject.all.map(\.enters).min() ?? 0) - 30)
        var names: [String] = []
        for project in DemoProject.all where !names.contains(project.workflow) { names.append(project.workflow) }
        for (number, name) in names.sorted().enumerated() {
            let path = files.library.appendingPathComponent(name + ".yaml").path
            let (workflow, text) = (try files.workflow(path), try files.text(path))
            guard let handedIn = CommandKey("demo.submit.\(number)"),
                let released = CommandKey("demo.release.\(number)")
            else { continue }
            func context(_ name: String) -> CaseContext {
                CaseContext(today: earliest, actor: Actor(role: .designer, name: name))
            }
            _ = try await desk.submit(
                workflow, text: text, effective: earliest, means: [.merge, .reduce], note: workflow.source,
                key: handedIn, in: context("冯流程"), at: .officeClosing(of: earliest))
            _ = try await desk.release(
                workflow.id, version: workflow.version, key: released, in: context("褚复核"),
                at: .officeClosing(of: earliest))
        }
    }
}
