import Crypto
import Foundation
import TestSupport
import WorkCalendar

@testable import CaseEngine
@testable import Orchestrator

/// The office's own streams: the registry, the library of definitions, and the outbox that reports breaches.
extension Simulator {
    /// How old what a node knows of the registry may be, in minutes.
    static let registryAge = 3

    static let libraryID = OfficeStream<DefinitionLibrary>.id

    func standing(at node: Int) throws -> Standing {
        if let read = nodes[node].registryReadAt, clock - read < Self.registryAge { return nodes[node].standing }
        try refreshRegistry(at: node)
        return nodes[node].standing
    }

    private func refreshRegistry(at node: Int) throws {
        let records = store.contents.events(of: .registry, after: nodes[node].registryHead.version, limit: .max)
        for record in records { nodes[node].registry.evolve(by: try store.entry(record)) }
        if let last = records.last {
            nodes[node].registryHead = Head(version: last.sequence, hash: last.hash)
            nodes[node].standing = Standing(nodes[node].registry)
        }
        nodes[node].registryReadAt = clock
    }

    /// What stood in the registry before anything else.
    func enterAtOnce(_ entry: Scenario.Entry) {
        let head = store.contents.head(of: .registry) ?? .empty
        guard let events = try? audit.registry.decide(entry.entry, by: entry.by, on: entry.on),
            let key = CommandKey("given.\(head.version)"), !events.isEmpty
        else { return }
        let append = RegistryDesk.request(
            events, key: key, answer: [], at: .officeClosing(of: entry.on), after: head,
            opened: audit.registry.asOf)
        let pending = Pending(request: -1, attempt: 0, holder: nil, append: append, cargo: .registry(events))
        guard let (_, before, records) = try? store.append(append, pending.cargo) else { return }
        audit.appended(pending, before: before, records: records, contents: store.contents)
    }

    func enter(_ entry: RegistryEntry, _ id: Int, at node: Int, attempt: Int) throws {
        let request = requests[id]
        try refreshRegistry(at: node)
        let fingerprint = Array(SHA256.hash(data: entry.statement(by: request.actor)).prefix(16))
        if let known = store.contents.answer(of: .registry, to: request.key) {
            let isSame = known.answer == fingerprint
            if isSame { try delivered(request) }
            return answer(id, isSame ? .entered(isRepeat: true) : .refused("keyReused"), attempt: attempt)
        }
        let registry = nodes[node].registry
        let on = max(request.on ?? today(node), registry.asOf ?? .earliest)
        let events: [RegistryEvent]
        do throws(RegistryRejection) {
            events = try registry.decide(entry, by: request.actor, on: on)
        } catch {
            if let message = request.message {
                coverage.reach(.deadLetter)
                store.change { $0.markFailed(message, reason: error.code, retryAt: nil) }
            }
            return answer(id, .refused("registry.\(error.code)"), attempt: attempt)
        }
        guard !events.isEmpty else {
            try delivered(request)
            return answer(id, .entered(isRepeat: false), attempt: attempt)
        }
        let append = RegistryDesk.request(
            events, key: request.key, answer: fingerprint, at: instant(node), after: nodes[node].registryHead,
            opened: registry.asOf)
        nodes[node].queue.append(
            Pending(request: id, attempt: attempt, holder: nil, append: append, cargo: .registry(events)))
        startCommit(node)
    }

    func settleOffice(_ pending: Pending, _ outcome: Result<AppendOutcome, StoreError>, at node: Int) throws {
        switch outcome {
        case .success(.appended):
            if case .registry = pending.cargo { try refreshRegistry(at: node) }
            try delivered(requests[pending.request])
            answer(pending.request, .entered(isRepeat: false), attempt: pending.attempt)
        case .success: try perform(pending.request, at: node, attempt: pending.attempt)
        case .failure(let error):
            answer(pending.request, .unknown(error.code.rawValue), attempt: pending.attempt)
        }
    }

    // MARK: The outbox

    /// Takes a report out of the queue, unless the node dies just before that.
    private func delivered(_ request: Request) throws {
        guard let message = request.message else { return }
        var random = stream(8, request.id * 64 + request.sent)
        if random.chance(faults.node * 3) {
            coverage.reach(.deliveredTwice)
            return
        }
        audit.delivered(message)
        store.change { $0.markDelivered([message]) }
    }

    /// A node takes reports of breaches and appointments out of the outbox.
    func deliverReports(at node: Int, _ random: inout SeededGenerator) {
        let now = instant(node)
        for message in store.contents.waitingMessages(for: RegistryReports.receiver, at: now, limit: 100) {
            if !isHealed, random.chance(faults.node * 2 + faults.message) {
                coverage.reach(.receiverDown)
                let retry =
                    message.attempts < 1 && random.chance(50)
                    ? now.adding(milliseconds: 3_600_000 << message.attempts) : nil
                if retry == nil { coverage.reach(.deadLetter) }
                store.change { $0.markFailed(message.id, reason: "down", retryAt: retry) }
                continue
            }
            guard let told = try? RegistryReports.entry(message.message), let key = RegistryReports.key(of: told)
            else { continue }
            let request = newRequest(.entry(told.entry), key: key, by: .system)
            requests[request].message = message.id
            requests[request].on = told.on
            send(request, to: node)
        }
    }

    func requeueDeadLetters() {
        for message in store.contents.deadLetters(after: nil, limit: 10) {
            coverage.reach(.requeue)
            store.change { _ = $0.requeue(message.id) }
        }
    }

    // MARK: The library

    func tend(_ command: LibraryCommand, _ id: Int, at node: Int, attempt: Int) throws {
        let request = requests[id]
        var library = DefinitionLibrary()
        var head = Head.empty
        for record in store.contents.events(of: Self.libraryID, after: 0, limit: .max) {
            library.evolve(by: try JSONDecoder().decode(LibraryEvent.self, from: Data(record.event.payload)))
            head = Head(version: record.sequence, hash: record.hash)
        }
        if store.contents.answer(of: Self.libraryID, to: request.key) != nil {
            return answer(id, .entered(isRepeat: true), attempt: attempt)
        }
        let events: [LibraryEvent]
        do throws(LibraryRejection) {
            events = try library.decide(command, in: CaseContext(today: today(node), actor: request.actor))
        } catch {
            return answer(id, .refused("library.\(error.code)"), attempt: attempt)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let append = AppendRequest(
            caseID: Self.libraryID, expectedVersion: head.version, expectedHash: head.hash, key: request.key,
            events: try events.map { event in
                NewEvent(
                    kind: event.kind, on: event.on, at: instant(node), actor: event.by.label,
                    payload: [UInt8](try encoder.encode(event)))
            },
            summary: CaseSummary(
                workflow: CaseSummary.officeWorkflow, workflowVersion: "1", title: "definitions", status: "office",
                openedOn: today(node), updatedOn: today(node)))
        guard !events.isEmpty else { return answer(id, .entered(isRepeat: false), attempt: attempt) }
        nodes[node].queue.append(
            Pending(request: id, attempt: attempt, holder: nil, append: append, cargo: .library(events)))
        startCommit(node)
    }

    func newRequest(
        _ wanted: Request.Wanted, key: CommandKey, by actor: Actor, isFromScenario: Bool = false
    ) -> Int {
        requests.append(
            Request(id: requests.count, wanted: wanted, key: key, actor: actor, isFromScenario: isFromScenario))
        return requests.count - 1
    }
}
