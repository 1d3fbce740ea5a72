import ArgumentParser
import Foundation
import Orchestrator
import PostgresStore
import Synchronization
import WorkCalendar

/// Writers that note every acknowledged command in a file of their own, for trials in which servers are killed: each
/// sends one command after another under a key, again and again until it is answered, and at the end everything in the
/// file is looked for in the store.
struct LedgerBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Keeps a ledger of acknowledged commands and compares it with the store.")

    @Option(help: "The PostgreSQL database.")
    var store: String

    @Option(help: "A new file for the ledger.")
    var ledger: String

    @Option(help: "Seconds to write for; without it, until standard input ends.")
    var seconds: Double?

    @Option(help: "Writers side by side, each with cases of its own.")
    var writers = 4

    func run() async throws {
        guard let address = PostgresAddress(store) else { throw ValidationError("--store is no connection string") }
        guard FileManager.default.createFile(atPath: ledger, contents: nil) else {
            throw ValidationError("the ledger cannot be written")
        }
        let book = try Book(path: ledger)
        let opened = try await PostgresStore.open(address)
        let isOver = Ending()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    try await Self.write(writer, to: opened, book, until: { isOver.isRaised })
                }
            }
            if let seconds {
                try await Task.sleep(for: .seconds(seconds))
            } else {
                await Self.untilInputEnds()
            }
            isOver.raise()
            try await group.waitForAll()
        }
        let (lost, doubled) = try await compare(book.lines, with: opened)
        let figures = book.figures
        report([
            "acknowledged": Double(book.lines.count), "unanswered": Double(figures.unanswered),
            "foundLater": Double(figures.found), "longestGapSeconds": figures.gap, "lost": Double(lost),
            "doubled": Double(doubled),
        ])
        try await opened.close()
        if lost > 0 || doubled > 0 { throw ExitCode.failure }
    }

    private static func untilInputEnds() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                while readLine() != nil {}
                continuation.resume()
            }
        }
    }

    private static func write(
        _ writer: Int, to store: PostgresStore, _ book: Book, until isOver: () -> Bool
    ) async throws {
        let id = CaseID("ledger-\(writer)")!  // letters, digits and a hyphen
        var head = Head.empty
        while !isOver() {
            let key = CommandKey("k\(head.version)")!
            let day = LocalDate(dayNumber: 19_783)
            let request = AppendRequest(
                caseID: id, expectedVersion: head.version, expectedHash: head.hash, key: key,
                events: [
                    NewEvent(
                        kind: "noted", on: day, at: .now, actor: "writer-\(writer)", payload: Array("\(head)".utf8))
                ],
                summary: CaseSummary(
                    workflow: "ledger", workflowVersion: "1", title: "\(writer)", status: "open", openedOn: day,
                    updatedOn: day))
            var wasUnanswered = false
            // The same command under the same key, until somebody answers.
            answering: while true {
                do throws(StoreError) {
                    switch try await store.append([request]).first {
                    case .appended(let next)?: head = next
                    case .repeated?, .conflict?:
                        // Committed by a try that was not answered, by this very writer: nobody else has the case.
                        guard let stored = try await store.head(of: id), stored.version == head.version + 1 else {
                            fatalError("the case has events that nobody wrote")
                        }
                        head = stored
                    default: fatalError("nobody takes leases here")
                    }
                    try await book.note(id, head, found: wasUnanswered)
                    break answering
                } catch {
                    guard error.isTransient else { fatalError("\(error)") }
                    wasUnanswered = true
                    book.noteUnanswered()
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
        }
    }

    /// How many acknowledged commands are not there, and how many keys have more than one event.
    private func compare(_ lines: [String], with store: PostgresStore) async throws -> (lost: Int, doubled: Int) {
        var stored: Set<String> = []
        var doubled = 0
        for writer in 0..<writers {
            let id = CaseID("ledger-\(writer)")!
            var head = Head.empty
            var keys: Set<CommandKey> = []
            while true {
                let page = try await store.events(of: id, after: head.version, limit: 1000)
                if page.isEmpty { break }
                head = try HashChain.verify(page, of: id, from: head)
                for record in page {
                    stored.insert("\(id) \(record.sequence) \(record.hash)")
                    if !keys.insert(record.key).inserted { doubled += 1 }
                }
            }
        }
        return (lines.count { !stored.contains($0) }, doubled)
    }

    /// The ledger: a line for each acknowledged command, on the disk before the writer goes on.
    private final class Book: Sendable {
        private struct State {
            var lines: [String] = []
            var found = 0
            var unanswered = 0
            var last = ContinuousClock.now
            var gap = 0.0
        }

        private let file: Mutex<FileHandle>
        private let state = Mutex(State())

        init(path: String) throws {
            guard let file = FileHandle(forWritingAtPath: path) else { throw ValidationError("no ledger at \(path)") }
            self.file = Mutex(file)
        }

        var lines: [String] { state.withLock { $0.lines } }
        var figures: (found: Int, unanswered: Int, gap: Double) {
            state.withLock { ($0.found, $0.unanswered, $0.gap) }
        }

        func noteUnanswered() { state.withLock { $0.unanswered += 1 } }

        func note(_ id: CaseID, _ head: Head, found: Bool) async throws(StoreError) {
            let line = "\(id) \(head.version) \(head.hash)"
            file.withLock { $0.write(Data("\(line)\n".utf8)) }
            state.withLock { state in
                state.lines.append(line)
                if found { state.found += 1 }
                let now = ContinuousClock.now
                state.gap = max(state.gap, (now - state.last) / .seconds(1))
                state.last = now
            }
        }
    }
}

/// Tells writers on other threads to stop.
private final class Ending: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }

    func raise() { raised.store(true, ordering: .relaxed) }
}
