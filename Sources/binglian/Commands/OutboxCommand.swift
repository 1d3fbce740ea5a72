import ArgumentParser
import Orchestrator
import WorkCalendar
import WorkflowModel

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Messages to departments' systems: what waits, what was given up. 待发消息。",
        subcommands: [List.self, Retry.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Messages that wait, or those that were given up, oldest first; no contents.")

        @Flag(help: "Those that were given up: dead letters, and work that is parked.")
        var dead = false

        @Option(help: "Only to that receiver.")
        var receiver: String?

        @Option(help: "At most so many of each receiver, 1 to 1000.")
        var limit = 100

        @OptionGroup var store: StoreOptions

        func validate() throws {
            if !(1...1000).contains(limit) { throw ValidationError("--limit takes 1 to 1000") }
        }

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let messages = try await dead ? deadLetters(office) : waiting(office)
                    let parked = try await dead && receiver == nil ? Parking.all(in: office.store) : []
                    switch store.format {
                    case .json: printOut(JSONText.array(messages.map(\.json) + parked.map(\.json)).pretty)
                    case .text: printOut(text(messages, parked, terminal))
                    }
                }
            }
        }

        private func deadLetters(_ office: CaseOffice) async throws -> [OutboxMessage] {
            try await office.store.deadLetters(after: nil, limit: 1000)
                .filter { receiver == nil || $0.message.receiver == receiver }.prefix(limit).map { $0 }
        }

        private func waiting(_ office: CaseOffice) async throws -> [OutboxMessage] {
            var messages: [OutboxMessage] = []
            // Those that wait for another try, too.
            let later = Instant(milliseconds: .max)
            for name in try await office.store.waitingReceivers() where receiver == nil || name == receiver {
                messages += try await office.store.waitingMessages(for: name, at: later, limit: limit)
            }
            return messages
        }

        private func text(_ messages: [OutboxMessage], _ parked: [Parking.Parked], _ terminal: Terminal) -> String {
            guard !messages.isEmpty || !parked.isEmpty else {
                return terminal.say(dead ? "没有死信。" : "没有待发消息。", dead ? "No dead letters." : "Nothing waits.")
            }
            var table = TextTable([
                .init(terminal.say("编号", "id")), .init(terminal.say("接收方", "receiver"), limit: 64),
                .init(terminal.say("办件", "case"), limit: 64), .init(terminal.say("类别", "kind"), limit: 40),
                .init(terminal.say("次数", "tries")), .init(terminal.say("原因", "cause"), limit: 80),
            ])
            for message in messages {
                table.add([
                    "\(message.id)", message.message.receiver, message.caseID.text, message.message.kind,
                    "\(message.attempts)", message.lastFailure ?? "",
                ])
            }
            for work in parked { table.add([work.work, "", "", terminal.say("停放", "parked"), "", work.cause]) }
            return table.text
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put dead letters back into their queues, or have parked work tried again.")

        @Argument(help: "Ids of messages, or names of parked work, as binglian outbox list --dead shows them.")
        var names: [String] = []

        @Flag(help: "All dead letters.")
        var all = false

        @Flag(help: "All parked work, parts of jobs too.")
        var parked = false

        @OptionGroup var store: StoreOptions

        func validate() throws {
            if names.isEmpty, !all, !parked { throw ValidationError("name messages, or use --all or --parked") }
        }

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    var done = 0
                    for name in names {
                        let wasDead = if let id = Int64(name) { try await office.store.requeue(id) } else { false }
                        let known = wasDead ? true : try await Parking.replay(name, in: office.store)
                        guard known else {
                            throw CommandFailure(
                                zh: "“\(name)”不是死信，也没有停放。", en: "'\(name)' is no dead letter and is not parked.")
                        }
                        done += 1
                    }
                    if all {
                        while true {
                            let letters = try await office.store.deadLetters(after: nil, limit: 1000)
                            if letters.isEmpty { break }
                            for letter in letters where try await office.store.requeue(letter.id) { done += 1 }
                        }
                    }
                    if parked {
                        for work in try await Parking.all(in: office.store)
                        where try await Parking.replay(work.work, in: office.store) { done += 1 }
                        for job in Set(try await office.store.parkedShards(limit: 10_000).map(\.job)).sorted() {
                            done += try await office.store.replay(job)
                        }
                    }
                    printOut(
                        store.format == .json
                            ? JSONText.members(["retried": .integer(done)]).compact
                            : terminal.say("重试 \(done) 项。", "\(done) to be tried again."))
                }
            }
        }
    }
}

extension OutboxMessage {
    /// As documented in `docs/json.md#outbox`: no contents.
    fileprivate var json: JSONText {
        .members([
            "id": .string("\(id)"), "receiver": .string(message.receiver), "case": .string(caseID.text),
            "kind": .string(message.kind), "dedupKey": .string(message.dedupKey), "attempts": .integer(attempts),
            "cause": .optional(lastFailure),
        ])
    }
}

extension Parking.Parked {
    fileprivate var json: JSONText { .members(["parked": .string(work), "cause": .string(cause)]) }
}
