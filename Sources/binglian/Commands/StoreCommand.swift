import ArgumentParser
import Foundation
import Orchestrator
import PostgresStore
import SQLiteStore
import WorkCalendar
import WorkflowModel

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "The store itself: its state, copies of it, its schema. 办件库。",
        subcommands: [Info.self, Backup.self, Restore.self, Upgrade.self])

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the store is, how much is in it, and how it is set.")

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    guard let inspectable = office.store as? any InspectableStore else { return }
                    let found = try await inspectable.inspect()
                    printOut(store.format == .json ? found.json.pretty : found.text(terminal))
                }
            }
        }
    }

    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the store into a new file, as it is at one moment, while the office goes on.",
            discussion:
                "For PostgreSQL use pg_basebackup: docs/operations.md. The system page tells how old the last one is.")

        @Argument(help: "The file to make; it must not be there yet.")
        var target: String

        @Flag(help: "The backup was made by other means, such as pg_basebackup; it is only noted.")
        var madeElsewhere = false

        @OptionGroup var store: StoreLocation

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let note = BackupNote(at: OfficeDate.now, place: target)
                    guard !madeElsewhere else {
                        try await note.leave(in: office.store)
                        printOut(terminal.say("已记录备份 \(target)。", "The backup \(target) is noted."))
                        return
                    }
                    guard let file = office.store as? SQLiteStore else {
                        throw CommandFailure(
                            zh: "PostgreSQL 请用 pg_basebackup，见 docs/operations.md。",
                            en: "use pg_basebackup for PostgreSQL: docs/operations.md.")
                    }
                    try await file.backUp(to: target)
                    let copy = try await SQLiteStore.open(path: target)
                    let found = try await copy.inspect()
                    try await copy.close()
                    try await note.leave(in: office.store)
                    printOut(
                        terminal.say(
                            "已备份到 \(target)：\(found.cases) 个办件，\(found.events) 个事件。",
                            "Backed up to \(target): \(found.cases) cases, \(found.events) events."))
                }
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a store of a backup, after looking through all of it; nothing is overwritten.")

        @Argument(help: "The backup.")
        var backup: String

        @OptionGroup var store: StoreLocation

        func run() async throws {
            try await store.terminal.run { terminal in
                let files = FileManager.default
                guard files.fileExists(atPath: backup) else {
                    throw CommandFailure(zh: "没有备份文件 \(backup)。", en: "there is no backup '\(backup)'.")
                }
                guard !files.fileExists(atPath: store.store) else {
                    throw CommandFailure(
                        zh: "\(store.store) 已存在；请先移走，恢复不覆盖任何文件。",
                        en: "'\(store.store)' is there already; move it away first, nothing is overwritten.")
                }
                let draft = store.store + ".restoring"
                try? files.removeItem(atPath: draft)
                do {
                    try files.copyItem(atPath: backup, toPath: draft)
                    let opened = try await SQLiteStore.open(path: draft)
                    let damage = try await opened.damage()
                    try await opened.close()
                    if let first = damage.first {
                        throw CommandFailure(zh: "备份已损坏：\(first)", en: "the backup is damaged: \(first)")
                    }
                    try files.moveItem(atPath: draft, toPath: store.store)
                } catch let failure as CommandFailure {
                    try? files.removeItem(atPath: draft)
                    throw failure
                } catch {
                    try? files.removeItem(atPath: draft)
                    throw CommandFailure(zh: "无法恢复：\(error)", en: "cannot be restored: \(error)")
                }
                printOut(
                    terminal.say(
                        "已恢复到 \(store.store)。用 binglian audit verify 核对日志。",
                        "Restored to \(store.store). Check the logs with binglian audit verify."))
            }
        }
    }

    struct Upgrade: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the store to this version's schema; any other command does so too, this one says it.")

        @OptionGroup var store: StoreLocation

        func run() async throws {
            try await store.terminal.run { terminal in
                let isDatabase = PostgresAddress.isAddress(store.store)
                guard isDatabase || FileManager.default.fileExists(atPath: store.store) else {
                    throw CommandFailure(zh: "找不到办件库 \(store.store)。", en: "there is no store '\(store.store)'.")
                }
                if isDatabase {
                    try await store.withOffice(terminal) { office in
                        let version = try await (office.store as? any InspectableStore)?.inspect().schema ?? 0
                        printOut(terminal.say("库结构为第 \(version) 版。", "The schema is version \(version)."))
                    }
                    return
                }
                let before = try? await SQLiteStore.schemaVersion(ofFileAt: store.store)
                try await store.withOffice(terminal) { office in
                    let known = before?.known ?? 0
                    let found = before?.found ?? known
                    printOut(
                        found == known
                            ? terminal.say("库结构已是第 \(known) 版。", "The schema is version \(known) already.")
                            : terminal.say(
                                "库结构已由第 \(found) 版升级到第 \(known) 版。",
                                "The schema went from version \(found) to \(known)."))
                }
            }
        }
    }
}

extension StoreInspection {
    /// As documented in `docs/json.md#store`.
    fileprivate var json: JSONText {
        .members([
            "kind": .string(kind), "engine": .string(engine), "schema": .integer(schema), "durable": .bool(isDurable),
            "settings": .string(settings), "bytes": bytes.map { .integer(Int($0)) } ?? .null,
            "freeBytes": freeBytes.map { .integer(Int($0)) } ?? .null, "cases": .integer(cases),
            "events": .integer(events), "tasks": .integer(tasks), "timers": .integer(timers),
            "waitingMessages": .integer(waitingMessages), "deadLetters": .integer(deadLetters),
        ])
    }

    fileprivate func text(_ terminal: Terminal) -> String {
        var lines = [
            terminal.say("\(engine)，库结构第 \(schema) 版", "\(engine), schema \(schema)"),
            terminal.say(
                "断电安全：\(isDurable ? "是" : "否")（\(settings)）",
                "survives a power cut: \(isDurable ? "yes" : "no") (\(settings))"),
            terminal.say(
                "\(cases) 个办件，\(events) 个事件，\(tasks) 项待办，\(timers) 个定时事项",
                "\(cases) cases, \(events) events, \(tasks) tasks, \(timers) timers"),
            terminal.say(
                "\(waitingMessages) 条待发消息，\(deadLetters) 条死信",
                "\(waitingMessages) messages wait, \(deadLetters) dead letters"),
        ]
        if let bytes { lines.append(terminal.say("占用 \(bytes >> 10) KB", "\(bytes >> 10) KB on disk")) }
        if let freeBytes {
            lines.append(terminal.say("磁盘余量 \(freeBytes >> 20) MB", "\(freeBytes >> 20) MB free on the disk"))
        }
        return lines.joined(separator: "\n")
    }
}
