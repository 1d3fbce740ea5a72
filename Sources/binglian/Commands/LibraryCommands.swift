import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Who works on the library, and when.
struct LibraryOptions: ParsableArguments {
    @Option(help: "The person's name; who submitted a draft does not release it.")
    var name: String

    @Option(help: "The office's date; default: today in Beijing time.")
    var on: LocalDate?

    @Option(help: "An idempotency key: the same command sent again under it happens once.")
    var key: String?

    @OptionGroup var store: StoreOptions

    var context: CaseContext {
        CaseContext(today: on ?? OfficeDate.today, actor: Actor(role: .designer, name: name))
    }

    func commandKey() throws -> CommandKey {
        let text = key ?? "cli.\(UUID().uuidString.lowercased())"
        guard let key = CommandKey(text), key.isReserved == false else {
            throw CommandFailure(
                zh: "“\(text)”不能用作幂等键：1 至 128 个字母、数字或 . _ : -，不以 open、time.、run.、rules. 开头。",
                en: "'\(text)' cannot be a key: 1 to 128 letters, digits or . _ : -, and none of Binglian's own.")
        }
        return key
    }

    func report(_ events: [LibraryEvent], _ terminal: Terminal) {
        switch store.format {
        case .json: printOut(JSONText.array(events.map(\.json)).pretty)
        case .text:
            if events.isEmpty { printOut(terminal.say("没有变化。", "Nothing changed.")) }
            for event in events { printOut(event.line(terminal)) }
        }
    }
}

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Hand a draft in, to be released by another person 提交草案.")

    @Argument(help: "The workflow file.")
    var file: String

    @Option(help: "The first day on which cases open on it; default: the date of the submission.")
    var effective: LocalDate?

    @Option(help: "By which means it reforms: reduce, delegate, merge, transfer or adjust (减放并转调); several times.")
    var means: [ReformMeans] = []

    @Option(help: "Why, for the log of changes.")
    var note: String

    @OptionGroup var options: LibraryOptions

    func run() async throws {
        try await options.store.terminal.run { terminal in
            let files = Files(terminal: terminal)
            let workflow = try files.workflow(file)
            let text = try files.text(file)
            try await options.store.withOffice(terminal, creating: true) { office in
                let events = try await office.library.submit(
                    workflow, text: text, effective: effective ?? options.context.today, means: means, note: note,
                    key: try options.commandKey(), in: options.context, at: OfficeDate.now)
                options.report(events, terminal)
            }
        }
    }
}

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Release a draft that somebody else submitted 发布.")

    @Argument(help: "The workflow's id.") var workflow: String
    @Argument(help: "The version.") var version: String
    @OptionGroup var options: LibraryOptions

    func run() async throws {
        try await options.store.terminal.run { terminal in
            try await options.store.withOffice(terminal) { office in
                let events = try await office.library.release(
                    workflow, version: version, key: try options.commandKey(), in: options.context, at: OfficeDate.now)
                options.report(events, terminal)
            }
        }
    }
}

struct WithdrawVersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Give a draft up, or take a version out of force 撤回; running cases keep it.")

    @Argument(help: "The workflow's id.") var workflow: String
    @Argument(help: "The version.") var version: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var options: LibraryOptions

    func run() async throws {
        try await options.store.terminal.run { terminal in
            try await options.store.withOffice(terminal) { office in
                let events = try await office.library.withdraw(
                    workflow, version: version, reason: reason, key: try options.commandKey(), in: options.context,
                    at: OfficeDate.now)
                options.report(events, terminal)
            }
        }
    }
}

/// The versions of the library, of all workflows or of one.
struct ListVersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The versions of the library and where each one stands.")

    @Argument(help: "Only of that workflow.") var workflow: String?
    @Option(help: "As of that date; default: today in Beijing time.") var on: LocalDate?
    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let library = try await office.library.library()
                let date = on ?? OfficeDate.today
                let versions = library.versions.filter { workflow == nil || $0.workflow == workflow }
                switch store.format {
                case .json:
                    printOut(JSONText.array(versions.map { $0.json(library.standing(of: $0, on: date)) }).pretty)
                case .text:
                    if versions.isEmpty { printOut(terminal.say("版本库中没有版本。", "The library has no versions.")) }
                    for version in versions {
                        printOut(version.line(library.standing(of: version, on: date), terminal))
                    }
                }
            }
        }
    }
}

/// One version's text.
struct ShowVersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The text of a version, as it was submitted.")

    @Argument(help: "The workflow's id.") var workflow: String
    @Argument(help: "The version; default: the one in force.") var version: String?
    @Option(help: "As of that date; default: today in Beijing time.") var on: LocalDate?
    @OptionGroup var store: StoreLocation

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let found = try await office.libraryVersion(workflow, version, on: on ?? OfficeDate.today)
                printOut(try await office.library.draft(found).text, terminator: "")
            }
        }
    }
}

struct VersionHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "The log of changes: who submitted, released and withdrew what, and why.")

    @Argument(help: "Only of that workflow.") var workflow: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.terminal.run { terminal in
            try await store.withOffice(terminal) { office in
                let events = try await office.library.events().filter {
                    workflow == nil || $0.version.workflow == workflow
                }
                switch store.format {
                case .json: printOut(JSONText.array(events.map(\.json)).pretty)
                case .text: for event in events { printOut(event.line(terminal)) }
                }
            }
        }
    }
}

extension CaseOffice {
    var library: LibraryDesk { LibraryDesk(store: store, orchestrator: orchestrator) }

    /// A version of the library, or the one in force.
    func libraryVersion(_ workflow: String, _ version: String?, on date: LocalDate) async throws -> LibraryVersion {
        let library = try await library.library()
        guard let version else {
            guard let current = library.inForce(workflow, on: date) else {
                throw LibraryRejection.noneInForce(workflow: workflow, on: date)
            }
            return current
        }
        guard let found = library[workflow, version] else {
            throw LibraryRejection.unknownVersion(workflow: workflow, version: version)
        }
        return found
    }
}

extension LibraryEvent {
    func line(_ terminal: Terminal) -> String {
        let name = DisplayWidth.padded("\(version.workflow) \(version.version)", to: 32)
        return "\(on)  \(name) \(words[terminal.language])" + terminal.styled("  (\(by.name))", .dim)
    }
}

extension LibraryVersion {
    func line(_ standing: Standing, _ terminal: Terminal) -> String {
        let name = DisplayWidth.padded("\(workflow) \(version)", to: 32)
        let state = DisplayWidth.padded(standing.title[terminal.language], to: 12)
        let hands = [editor, releasedBy].compactMap(\.self).joined(separator: " → ")
        return "\(name) \(state) "
            + terminal.say("\(effective) 起  \(hands)  \(note)", "from \(effective)  \(hands)  \(note)")
    }
}

extension ReformMeans: ExpressibleByArgument {
    public init?(argument: String) {
        guard let means = Self.allCases.first(where: { $0.rawValue == argument || $0.title.zh == argument }) else {
            return nil
        }
        self = means
    }
}
