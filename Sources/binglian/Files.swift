import CaseEngine
import Foundation
import Planning
import Scheduling
import WorkCalendar
import WorkflowModel

/// Reads the files people name on the command line and turns what is wrong with them into words.
struct Files {
    let terminal: Terminal
    /// The folder of shipped workflows and calendars.
    let library: URL

    init(terminal: Terminal, library: String? = nil) {
        self.terminal = terminal
        self.library = library.map { URL(fileURLWithPath: $0) } ?? Self.findLibrary()
    }

    /// A file's text, or its first byte that is no text.
    func text(_ path: String) throws -> String {
        try value(of: DefinitionFile.text(of: try bytes(path), path: path), path: path)
    }

    /// A file's bytes; what is longer than any definition may be is refused before it is read.
    func bytes(_ path: String, limit: Int = 64 << 20) throws -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure(zh: "找不到文件 \(path)，请检查路径。", en: "there is no file '\(path)'; check the path.")
        }
        guard !isFolder.boolValue else {
            throw CommandFailure(zh: "\(path) 是文件夹，请给出文件。", en: "'\(path)' is a folder; name a file.")
        }
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size <= limit,
            let data = FileManager.default.contents(atPath: path)
        else {
            throw CommandFailure(
                zh: "无法读取 \(path)，请检查权限和大小（至多 \(limit >> 20) MiB）。",
                en: "'\(path)' cannot be read; check its permissions and size (at most \(limit >> 20) MiB).")
        }
        return data
    }

    func workflow(_ path: String) throws -> WorkflowDefinition {
        try value(of: WorkflowFile.read(try text(path), path: path), path: path)
    }

    func project(_ path: String, for workflow: WorkflowDefinition) throws -> (Project, [String: FactValue]) {
        let file = try value(of: ProjectFile.read(try text(path), path: path), path: path)
        return (file.project, try value(of: file.facts(for: workflow), path: path))
    }

    /// A workflow as it is for a project, divided into its works, and the project's facts.
    func workflow(_ path: String, of projectPath: String) throws -> (WorkflowDefinition, Project, [String: FactValue]) {
        let workflow = try workflow(path)
        let (project, facts) = try project(projectPath, for: workflow)
        return (workflow.divided(into: project.works, facts: facts), project, facts)
    }

    /// A project whose facts are not held against any workflow yet.
    func projectFile(_ path: String) throws -> Project {
        try value(of: ProjectFile.read(try text(path), path: path), path: path).project
    }

    /// What scenarios may name: the files of the library.
    var scenarioLibrary: ScenarioLibrary {
        let folder = library
        return ScenarioLibrary { name in
            FileManager.default.contents(atPath: folder.appendingPathComponent(name).path)
                .flatMap { String(validating: $0, as: UTF8.self) }
        }
    }

    func catalogue(_ path: String) throws -> Catalogue {
        try value(of: CatalogueFile.read(try text(path), path: path), path: path)
    }

    func city(_ path: String) throws -> CityFile {
        try value(of: CityFile.read(try text(path), path: path), path: path)
    }

    /// An earlier plan of a network.
    func baseline(_ path: String) throws -> Baseline {
        try value(of: BaselineFile.read(try text(path), path: path), path: path)
    }

    func calendar(_ name: String, beside workflow: String? = nil) throws -> WorkCalendar {
        try calendarSource(name, beside: workflow).calendar
    }

    /// A calendar by id, looked up beside the workflow and in the library, or by path; with its text when it has one.
    func calendarSource(_ name: String, beside workflow: String? = nil) throws -> (
        calendar: WorkCalendar, text: String?
    ) {
        var candidates: [String] = []
        if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            candidates = [name]
        } else {
            let folders = [workflow.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }, library]
            candidates = folders.compactMap { $0?.appendingPathComponent("calendars/\(name).yaml").path }
        }
        if let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) {
            let source = try text(path)
            return (try value(of: CalendarFile.read(source, path: path), path: path), source)
        }
        if name == WorkCalendar.weekdays.id { return (.weekdays, nil) }
        throw CommandFailure(
            zh: "找不到日历“\(name)”。请给出日历文件的路径，或用 BINGLIAN_WORKFLOWS 指定流程目录。",
            en:
                "there is no calendar '\(name)'. Give the path of a calendar file, or set BINGLIAN_WORKFLOWS to the folder of workflows."
        )
    }

    /// The value that was read; prints what is wrong with the file and fails when there is none.
    func value<Value>(of reading: FileReading<Value>, path: String) throws -> Value {
        if !reading.diagnostics.isEmpty {
            printError(terminal.diagnostics.text(for: reading))
        }
        guard let value = reading.value else {
            throw CommandFailure(
                zh: "\(path) 有错误，已停止。", en: "'\(path)' has errors; nothing was done.")
        }
        return value
    }

    /// A path as it is typed from the current folder.
    static func seenFromHere(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    /// `BINGLIAN_WORKFLOWS`, else the nearest `Workflows` folder above the current folder or the executable.
    private static func findLibrary() -> URL {
        if let named = ProcessInfo.processInfo.environment["BINGLIAN_WORKFLOWS"], !named.isEmpty {
            return URL(fileURLWithPath: named)
        }
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        for start in [URL(fileURLWithPath: FileManager.default.currentDirectoryPath), executable] {
            var folder = start
            while true {
                let candidate = folder.appendingPathComponent("Workflows")
                if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("calendars").path) {
                    return candidate
                }
                if folder.path == "/" { break }
                folder.deleteLastPathComponent()
            }
        }
        return URL(fileURLWithPath: "Workflows")
    }
}
