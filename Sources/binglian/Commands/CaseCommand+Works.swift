import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

extension CaseCommandGroup {
    struct PromiseCertificate: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "promise",
            abstract: "Promise a date for the project as a whole, as its agent or the window 限期取证; move it once.")
        @OptionGroup var target: CaseTarget
        @Option(help: "The date, no earlier than the critical path's finish.") var by: LocalDate
        @Option(help: "Why it is moved.") var reason: String?
        var command: CaseCommand { .supervise(.promiseCertificate(by: by, reason: reason)) }
    }

    struct AddWork: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Add a work 单项工程 to the project of a running case, by a designer; everything of the others stands.")
        @OptionGroup var target: CaseTarget
        @Option(help: "The work's id: lower-case letters, digits and hyphens.") var work: String
        @Option(help: "Its title in Chinese.") var title: String
        @Option(help: "Its title in English; default: the id.") var titleEn: String?
        @Option(help: "Its own code 工程代码.") var code: String?
        @Option(
            name: .customLong("fact"), parsing: .singleValue,
            help: "FACT=VALUE in which it differs from its project; may be given several times.")
        var facts: [FactArgument] = []
        @Option(help: "Why.") var reason: String
        @Flag(help: "Only say what would happen.") var preview = false

        private var command: CaseCommand {
            let work = Work(
                id: work, title: LocalizedText(zh: title, en: titleEn ?? work), code: code,
                facts: Dictionary(facts.map { ($0.fact, $0.value) }, uniquingKeysWith: { $1 }))
            return .addWork(WorkOrder(work: work, reason: reason))
        }

        func run() async throws {
            let action = target.action
            try await action.store.terminal.run { terminal in
                try await action.store.withOffice(terminal) { office in
                    guard preview else {
                        let done = try await office.perform(command, on: target.caseID, action)
                        return action.store.report(done, terminal)
                    }
                    let looked = try await office.orchestrator.preview(
                        command, on: try office.id(target.caseID), by: action.actor, on: action.date)
                    switch action.store.format {
                    case .json:
                        printOut(
                            JSONText.members([
                                "preview": .bool(true),
                                "events": .array(
                                    looked.events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
                            ]).compact)
                    case .text:
                        for event in looked.events { printOut(EventText(event, terminal).line) }
                        printOut(terminal.say("（预览，没有执行）", "(a preview: nothing happened)"))
                    }
                }
            }
        }
    }
}

/// `FACT=VALUE`: true, false, a number, or text.
struct FactArgument: ExpressibleByArgument {
    let fact: String
    let value: FactValue

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        fact = parts[0]
        if let value = ["true": true, "false": false][parts[1]] {
            self.value = .boolean(value)
        } else {
            value = Double(parts[1]).map { .number($0) } ?? .text(parts[1])
        }
    }
}
