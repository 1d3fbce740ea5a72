import CaseEngine
import Logging
import Planning
import Synchronization
import WorkCalendar
import WorkflowModel

/// Where materials are looked for outside a case.
enum MaterialLookup {
    /// 不调取: a case that is only played rests on nothing but itself.
    case nowhere
    case given(MaterialsAtHand)
    case everywhere
}

extension CaseContext {
    func with(_ atHand: MaterialsAtHand) -> CaseContext {
        CaseContext(
            today: today, actor: actor, standing: standing, atHand: atHand, earliestFinish: earliestFinish)
    }

    /// With the earliest finish of a case by its critical path, where a command looks ahead.
    func lookingAhead(_ command: CaseCommand, from snapshot: CaseSnapshot) -> CaseContext {
        guard command.looksAhead, snapshot.state.status == .open else { return self }
        let schedule = try? Forecaster(snapshot.machine).schedule(snapshot.state, on: today)
        return CaseContext(
            today: today, actor: actor, standing: standing, atHand: atHand, earliestFinish: schedule?.finish)
    }
}

/// Looks for materials outside a case (材料调取): in registers, in the other cases of the project, in the owner's library.
final class MaterialDesk: Sendable {
    private let store: any EventStore
    private let registers: [String: any SharedDataSource]
    /// What is at hand for every case, such as an archive from before this store.
    private let archive: MaterialsAtHand
    private let logger: Logger
    private let libraries = Mutex<[String: Library]>([:])

    /// What is known of an owner's stream up to a place in it.
    private final class Library: Sendable {
        let documents: [OwnerDocument]
        let head: Head

        init(documents: [OwnerDocument] = [], head: Head = .empty) {
            self.documents = documents
            self.head = head
        }

        /// With records that follow. An entry that stands there twice, because two processes took it at the same moment,
        /// is listed once.
        func adding(_ records: [EventRecord]) throws -> Library {
            guard let last = records.last else { return self }
            var documents = documents
            for record in records {
                let entry: OwnerDocument
                do {
                    entry = try OwnerLibrary.decode(record.event.payload)
                } catch {
                    throw OrchestratorError.unreadableLog(record.caseID, "event \(record.sequence): \(error)")
                }
                if !documents.contains(where: { $0.caseID == entry.caseID && $0.number == entry.number }) {
                    documents.append(entry)
                }
            }
            return Library(documents: documents, head: Head(version: last.sequence, hash: last.hash))
        }

        func isFollowed(by record: EventRecord?) -> Bool { record.map { $0.previousHash == head.hash } ?? true }
    }

    /// How many cases of one project are looked at, the newest first, of at most a page of them; projects have a handful.
    private static let casesOfProject = 32
    private static let libraryLimit = 256
    private static let pageSize = 1000
    private static let attempts = 32

    init(
        store: any EventStore, registers: [String: any SharedDataSource], archive: MaterialsAtHand, logger: Logger
    ) {
        self.store = store
        self.registers = registers
        self.archive = archive
        self.logger = logger
    }

    /// What is at hand of some materials, found as near as possible: a register's answer, then the newest document of
    /// the project's other cases, then of the owner's.
    ///
    /// - Parameters:
    ///   - owner: the owner's credit code, when it is known.
    ///   - open: a case as it stands; `nil` when it cannot be read.
    func atHand(
        of wanted: [Material], for opening: CaseOpening, owner: String?, in id: CaseID, on date: LocalDate,
        at now: Instant, opening open: @escaping Opening
    ) async throws -> MaterialsAtHand {
        let ids = Set(wanted.map(\.id))
        var found = MaterialsAtHand(
            offers: archive.offers.filter { ids.contains($0.document.material) },
            failures: archive.failures.filter { ids.contains($0.material) })
        for material in found.lacking(wanted, on: date) {
            guard let register = material.shared, !found.failures.contains(where: { $0.material == material.id })
            else { continue }
            let query = SharedDataQuery(material: material.id, project: opening.project, owner: owner, on: date)
            switch await ask(register, query, at: now) {
            case .served(let one): found.offers.append(one)
            case .failed(let reason):
                found.failures.append(FailedLookup(material: material.id, register: register, reason: reason))
            }
        }
        let missing = found.lacking(wanted, on: date)
        if missing.isEmpty { return found }
        found.offers += try await offers(
            inProjectOf: opening, of: missing, owner: owner, besides: id, on: date, opening: open)
        let owned = found.lacking(wanted, on: date).filter { $0.owner == .applicant }
        if let owner, !owned.isEmpty {
            found.offers += try await offers(
                ofOwner: owner, of: owned, besides: id, on: date, at: now, opening: open)
        }
        return found
    }

    /// A case as it stands; `nil` when it cannot be read.
    typealias Opening = @Sendable (CaseID) async throws -> CaseSnapshot?

    // MARK: Registers

    private enum Answer {
        case served(ServedMaterial)
        case failed(String)
    }

    private func ask(_ register: String, _ query: SharedDataQuery, at now: Instant) async -> Answer {
        guard let source = registers[register] else { return .failed("未接入 not connected") }
        do {
            guard let answer = try await source.answer(to: query) else { return .failed("查无记录 no record") }
            if let until = answer.validUntil, until < query.on { return .failed("已于 \(until) 过期 expired") }
            let document = SuppliedMaterial(
                material: query.material, hash: answer.hash, issuedOn: answer.issuedOn, validUntil: answer.validUntil)
            return .served(
                ServedMaterial(
                    document, from: .sharedData(register: register, asked: "\(now)", answer: answer.text)))
        } catch let failure as SharedDataFailure {
            return .failed(failure.reason)
        } catch {
            return .failed("查询失败 \(error)")
        }
    }

    // MARK: Other cases

    private func offers(
        inProjectOf opening: CaseOpening, of wanted: [Material], owner: String?, besides id: CaseID,
        on date: LocalDate, opening open: @escaping Opening
    ) async throws -> [ServedMaterial] {
        let rows = try await store.summaries(
            matching: SummaryFilter(projectCode: opening.project), after: nil, limit: Self.pageSize)
        let others = rows.map(\.caseID).filter { $0 != id }.suffix(Self.casesOfProject)
        var offers: [ServedMaterial] = []
        for name in others.reversed() {
            guard let other = try await open(name) else { continue }
            for material in wanted where !offers.contains(where: { $0.document.material == material.id }) {
                // Another owner's papers are not this one's, even for the same project.
                let before = other.state.opening?.ownerCode
                if material.owner == .applicant, let owner, let before, owner != before { continue }
                if let offer = other.offer(of: material, on: date, holder: opening.project) { offers.append(offer) }
            }
        }
        return offers
    }

    private func offers(
        ofOwner owner: String, of wanted: [Material], besides id: CaseID, on date: LocalDate, at now: Instant,
        opening open: @escaping Opening
    ) async throws -> [ServedMaterial] {
        let library = try await documents(of: owner, at: now)
        var offers: [ServedMaterial] = []
        for material in wanted {
            for entry in library.reversed() where entry.isOf(material, on: date) && entry.caseID != id.text {
                guard let name = CaseID(entry.caseID), let other = try await open(name) else { continue }
                if let offer = other.offer(of: entry, on: date, holder: owner) {
                    offers.append(offer)
                    break
                }
            }
        }
        return offers
    }

    // MARK: The library of an owner

    /// What an owner has handed in anywhere, oldest first.
    ///
    /// - Complexity: what is new since the last look; at first all documents of the owner.
    func documents(of owner: String, at now: Instant) async throws -> [OwnerDocument] {
        guard let stream = OwnerLibrary.stream(of: owner) else { return [] }
        for _ in 0..<Self.attempts {
            let library = try await refreshed(stream)
            let waiting = try await store.waitingMessages(for: stream.text, at: now, limit: 100)
            if waiting.isEmpty { return library.documents }
            try await enter(waiting, in: stream, after: library, at: now)
        }
        throw OrchestratorError.contended(stream)
    }

    /// Reads what the stream has more than is known.
    private func refreshed(_ stream: CaseID) async throws -> Library {
        var library = libraries.withLock { $0[stream.text] } ?? Library()
        while true {
            let page = try await store.events(of: stream, after: library.head.version, limit: Self.pageSize)
            if library.isFollowed(by: page.first) {
                library = try library.adding(page)
            } else if library.head == .empty {
                throw OrchestratorError.unreadableLog(stream, "its chain is broken")
            } else {
                library = Library()  // not the stream that was known: begin again
                continue
            }
            if page.count < Self.pageSize { break }
        }
        keep(library, of: stream)
        return library
    }

    private func keep(_ library: Library, of stream: CaseID) {
        libraries.withLock { libraries in
            if libraries.count >= Self.libraryLimit { libraries.removeAll() }
            libraries[stream.text] = library
        }
    }

    /// The request that puts what waits into the stream, if anything does, and the messages that cannot be read.
    private static func request(
        _ waiting: [OutboxMessage], in stream: CaseID, after library: Library, at now: Instant
    ) -> (requests: [AppendRequest], taken: [OutboxMessage.ID], damaged: [(OutboxMessage.ID, String)]) {
        var taken: [OutboxMessage.ID] = []
        var damaged: [(OutboxMessage.ID, String)] = []
        var events: [NewEvent] = []
        // The stream's dates do not go back; an entry keeps its own.
        var last = library.documents.map(\.on).max() ?? .earliest
        for message in waiting {
            do {
                let entry = try OwnerLibrary.decode(message.message.payload)
                last = max(last, entry.on)
                taken.append(message.id)
                events.append(
                    NewEvent(
                        kind: "documentHeld", schema: 1, on: last, at: now, actor: Actor.system.label,
                        payload: message.message.payload))
            } catch {
                damaged.append((message.id, "\(error)"))
            }
        }
        guard let first = taken.first, let end = taken.last, let key = CommandKey("documents.\(first)-\(end)") else {
            return ([], taken, damaged)
        }
        let request = AppendRequest(
            caseID: stream, expectedVersion: library.head.version, expectedHash: library.head.hash, key: key,
            events: events,
            summary: CaseSummary(
                workflow: CaseSummary.officeWorkflow, workflowVersion: "1", title: stream.text, status: "office",
                openedOn: library.documents.first?.on ?? events.first?.on ?? last, updatedOn: last))
        return ([request], taken, damaged)
    }

    /// Puts what waits into the stream; a message that cannot be read becomes a dead letter.
    private func enter(
        _ waiting: [OutboxMessage], in stream: CaseID, after library: Library, at now: Instant
    ) async throws {
        let (requests, taken, damaged) = Self.request(waiting, in: stream, after: library, at: now)
        for (id, reason) in damaged { try await store.markFailed(id, reason: reason, retryAt: nil) }
        if requests.isEmpty { return }
        if case .conflict = try await store.append(requests).first { return }  // somebody else was faster
        try await store.markDelivered(taken)
    }
}

extension MaterialsAtHand {
    /// The materials of which there is no valid document here.
    fileprivate func lacking(_ wanted: [Material], on date: LocalDate) -> [Material] {
        wanted.filter { material in
            !offers.contains { offer in
                offer.document.material == material.id && offer.document.validUntil.map { date <= $0 } ?? true
            }
        }
    }
}

extension OwnerDocument {
    fileprivate func isOf(_ material: Material, on date: LocalDate) -> Bool {
        self.material == material.id && title == material.title.zh && validUntil.map { date <= $0 } ?? true
    }
}

extension CaseSnapshot {
    /// The case's latest valid document of a material, if its workflow means the same by the material's id.
    fileprivate func offer(of material: Material, on date: LocalDate, holder: String) -> ServedMaterial? {
        let position = state.materials.lastIndex { $0.material == material.id && $0.isValid(on: date) }
        let isSame = machine.plan.workflow.materials.contains {
            $0.id == material.id && $0.title.zh == material.title.zh
        }
        guard let position, isSame else { return nil }
        return offer(position, holder: holder)
    }

    /// The document that an entry of a library names, if it still stands.
    fileprivate func offer(of entry: OwnerDocument, on date: LocalDate, holder: String) -> ServedMaterial? {
        guard state.materials.indices.contains(entry.number - 1) else { return nil }
        let document = state.materials[entry.number - 1]
        guard document.hash == entry.hash, document.isValid(on: date) else { return nil }
        return offer(entry.number - 1, holder: holder)
    }

    private func offer(_ position: Int, holder: String) -> ServedMaterial {
        let document = state.materials[position]
        return ServedMaterial(
            SuppliedMaterial(
                material: document.material, hash: document.hash, issuedOn: document.issuedOn ?? document.since,
                validUntil: document.validUntil),
            from: .anotherCase(id: id.text, number: position + 1, holder: holder))
    }
}
