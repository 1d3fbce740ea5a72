import Foundation
import TestSupport
import Testing

/// A shipped workflow with one of the projects that the fixtures keep for it.
struct Shipped: CustomTestStringConvertible, Sendable {
    let workflow: String
    let project: String

    var testDescription: String { URL(fileURLWithPath: project).deletingPathExtension().lastPathComponent }

    /// `wf-02` and the like: the project without any optional condition.
    init(_ name: String) {
        let number = String(name.prefix(5))
        let files = (try? ProjectFiles.files(in: "Workflows", extension: "yaml")) ?? []
        workflow = files.first { $0.lastPathComponent.hasPrefix(number) }?.path ?? number
        project = ProjectFiles.url("Fixtures/projects/\(name).yaml").path
    }

    /// Whether no optional condition holds.
    var isBase: Bool { !project.hasSuffix("-all.yaml") }

    /// The arguments that take it through its stages.
    func run(store: String, _ more: String...) -> [String] {
        ["run", workflow, "--facts", project, "--start", "2024-03-01", "--store", store, "--id", "c"] + more
    }

    private static let names = ((try? ProjectFiles.files(in: "Fixtures/projects", extension: "yaml")) ?? [])
        .map { $0.deletingPathExtension().lastPathComponent }

    /// Every workflow with its base project, and with the one where every optional condition holds.
    static let all = names.map { Shipped($0) }
}
