import CaseEngine
import Foundation
import NIOCore
import Orchestrator
import Planning
import Synchronization
import WorkCalendar
import WorkflowModel

// What programs get of a case.

extension CaseSnapshot {
    /// The case as it stands, with what waits for whom.
    func document(on today: LocalDate) -> JSONText {
        let opening = state.opening
        let requests = machine.requests(in: state)
        return .members([
            "case": .string(id.text), "version": .integer(state.version), "project": .optional(opening?.project),
            "title": opening?.title.json ?? .null, "owner": opening?.owner?.json ?? .null,
            "ownerCode": .optional(opening?.ownerCode), "workflow": .optional(opening?.workflow),
            "workflowVersion": .optional(state.governing?.version), "calendar": .optional(opening?.calendar),
            "status": .string(state.status.rawValue), "statusTitle": state.status.title.json,
            "openedOn": .optional(state.openedOn?.description), "closedOn": .optional(state.closedOn?.description),
            "asOf": .optional(state.asOf?.description), "today": .string(today.description),
            "green": .bool(state.greenChannel != nil),
            "stages": .array(
                zip(machine.plan.workflow.stages, state.stages).map { stage, its in
                    .members([
                        "id": .string(stage.id), "title": stage.title.json,
                        "startedOn": .optional(its.startedOn?.description),
                        "closedOn": .optional(its.closedOn?.description),
                    ])
                }),
            "items": .array(itemDocuments),
            "tasks": .array(requests.map { $0.document(today) }),
            "cards": .integer(state.cards.count { $0.standing == .open }),
        ])
    }

    /// The items in the order of the plan.
    var itemDocuments: [JSONText] { state.items.indices.map { itemDocument(at: $0) } }

    func itemDocument(at index: Int) -> JSONText {
        let item = state.items[index]
        let planned = machine.plan.index(of: item.id).map { machine.plan.items[$0] }
        return .members([
            "id": .string(item.id), "title": planned?.item.title.json ?? .null,
            "stage": .optional(planned?.stage), "kind": .optional(planned?.item.kind.rawValue),
            "department": .optional(planned?.item.department), "status": .string(item.status.rawValue),
            "statusTitle": item.status.title.json, "attempt": .integer(item.attempt),
            "readyOn": .optional(item.readyOn?.description), "filedOn": .optional(item.filedOn?.description),
            "admittedOn": .optional(item.admittedOn?.description),
            "finishedOn": .optional(item.finishedOn?.description), "stopped": .bool(item.isStopped),
            "due": .optional(item.limits?.promised?.description),
        ])
    }

    /// One item with its application, its stops and what can be done with it.
    func itemFile(at index: Int, on today: LocalDate, withInternal: Bool) -> JSONText {
        guard case .object(var members) = itemDocument(at: index) else { return .null }
        let item = state.items[index]
        func notice(_ notice: Notice?) -> JSONText {
            guard let notice else { return .null }
            return .members([
                "on": .string(notice.on.description), "suppliedOn": .optional(notice.suppliedOn?.description),
                "points": .array(notice.points.map(\.document)),
            ])
        }
        members += [
            .init("receivedOn", .optional(item.receivedOn?.description)),
            .init("admitBy", .optional(item.admitBy?.description)),
            .init("deemedAdmitted", .bool(item.isDeemedAdmitted)),
            .init("issuedOn", .optional(item.issuedOn?.description)),
            .init("correction", notice(item.correction)), .init("supplement", notice(item.supplement)),
            .init(
                "signatures",
                .array(
                    withInternal
                        ? item.signatures.map {
                            .members([
                                "link": .integer($0.link), "name": .string($0.name), "on": .string($0.on.description),
                            ])
                        } : [])),
            .init("missing", .strings(item.missing)),
            .init(
                "stops",
                .array(
                    item.stops.map { stop in
                        .members([
                            "from": .string(stop.stop.description), "to": .optional(stop.resume?.description),
                            "reason": stop.reason.title.json,
                        ])
                    })),
            .init(
                "tasks",
                .array(machine.requests(ofItemAt: index, in: state).map { $0.document(today) })),
        ]
        return .object(members)
    }

    func jointSessions(withOpinions: Bool) -> [JSONText] {
        state.items.compactMap { item in
            guard let joint = item.joint else { return nil }
            let planned = machine.plan.index(of: item.id).map { machine.plan.items[$0].item }
            return .members([
                "item": .string(item.id), "title": planned?.title.json ?? .null,
                "status": .string(item.status.rawValue),
                "round": .integer(joint.round), "passed": joint.passed.map { .bool($0) } ?? .null,
                "participants": .array(
                    joint.participants.map { participant in
                        let its = planned?.joint?.participants.first { $0.id == participant.id }
                        return .members([
                            "id": .string(participant.id), "title": its?.title.json ?? .null,
                            "department": .optional(its?.department),
                            "standing": .string(participant.standing.rawValue),
                            "askedOn": .optional(participant.askedOn?.description),
                            "answeredOn": .optional(participant.answeredOn?.description),
                            "due": .optional(participant.limits?.promised?.description),
                            "verdict": withOpinions ? .optional(participant.verdict?.word) : .null,
                            "points": .array(withOpinions ? participant.points.map(\.document) : []),
                        ])
                    }),
                "notice": .array(
                    joint.notice.map {
                        .members(["participant": .string($0.participant), "point": $0.point.document])
                    }),
            ])
        }
    }

    func materialDocuments(on today: LocalDate) -> [JSONText] {
        state.materials.map { held in
            .members([
                "material": .string(held.material), "hash": .string(held.hash),
                "since": .string(held.since.description),
                "origin": .string(held.origin), "output": .bool(held.isOutput),
                "issuedOn": .optional(held.issuedOn?.description),
                "validUntil": .optional(held.validUntil?.description),
                "valid": .bool(held.isValid(on: today)), "reused": .bool(held.source != nil),
            ])
        }
    }

    /// Promises made, and minor materials that are still owed.
    var commitmentDocuments: [JSONText] {
        state.items.flatMap { item -> [JSONText] in
            var found: [JSONText] = []
            if let promise = item.aftermath?.promise {
                found.append(
                    .members([
                        "item": .string(item.id), "kind": .string("promise"), "by": .string(promise.signer),
                        "on": .string(promise.on.description), "materials": .array([]),
                        "broken": .bool(item.aftermath?.breach != nil),
                    ]))
            }
            if let gaps = item.gaps {
                found.append(
                    .members([
                        "item": .string(item.id), "kind": .string("gaps"), "by": .null,
                        "on": .string(gaps.promise.description), "materials": .strings(gaps.materials),
                        "broken": .bool(gaps.isBroken),
                    ]))
            }
            return found
        }
    }
}

extension WorkRequest {
    fileprivate func document(_ today: LocalDate) -> JSONText {
        .members([
            "task": .string(id), "item": .string(item), "participant": .optional(participant),
            "party": .string(party.name), "verb": .string(ask.verb), "since": .string(since.description),
            "due": .optional(due?.description), "overdue": .bool(due.map { $0 < today } ?? false),
        ])
    }
}

extension Point {
    var document: JSONText { .members(["text": .string(text), "material": .optional(material)]) }
}

extension Verdict {
    /// The word in commands and lists.
    var word: String {
        switch self {
        case .pass: "pass"
        case .passWithConditions: "passWithConditions"
        case .fail: "fail"
        case .notInvolved: "notInvolved"
        }
    }
}

extension Card {
    var document: JSONText {
        .members([
            "id": .string(id), "level": .string(level.rawValue), "item": .string(item),
            "participant": .optional(participant), "department": .optional(department),
            "on": .string(raisedOn.description), "standing": .string(standing.rawValue),
            "explanation": .optional(explanation), "rule": .optional(rule?.rawValue), "evidence": .optional(evidence),
        ])
    }
}

extension EventRecord {
    /// The record with its seal; what is told to the applicant only with the notice is left out of opinions before it.
    func document(withInternal: Bool) -> JSONText {
        guard case .object(var members) = json else { return json }
        if !withInternal, Self.internalKinds.contains(event.kind) {
            members = members.map { $0.key == "payload" ? .init("payload", .null) : $0 }
        }
        // The key is the sender's own.
        return .object(members.filter { $0.key != "key" })
    }

    /// Opinions and signatures within the office.
    private static let internalKinds: Set<String> = [
        "opinionGiven", "signed", "legalityReviewed", "conflictMarked", "conflictResolved", "visitHeld", "sessionHeld",
    ]
}

extension CaseReport {
    /// A case held against the plan of its own version, from the day it was opened.
    init(of snapshot: CaseSnapshot, asOf: LocalDate) throws {
        let machine = snapshot.machine
        let start = snapshot.state.openedOn ?? asOf
        let plan: PlanReport
        do {
            plan = try Planner(plan: machine.plan, calendar: machine.calendar).report(start: start)
        } catch {
            throw Problem.ours(cause: "a case's plan cannot be scheduled: \(error)")
        }
        self.init(plan: plan, machine: machine, state: snapshot.state, asOf: asOf)
    }
}

/// Cases as their bytes, written once for each version and day.
final class CaseDocuments: Sendable {
    private struct Written {
        let version: Int
        let today: LocalDate
        let bytes: ByteBuffer
    }

    private struct Shelf {
        var documents: [String: Written] = [:]
        var bytes = 0
    }

    private let written = Mutex(Shelf())
    /// Documents kept, and their bytes.
    private static let (limit, byteLimit) = (2000, 16 << 20)

    func bytes(of snapshot: CaseSnapshot, in tenant: String, on today: LocalDate) -> ByteBuffer {
        let name = "\(tenant)/\(snapshot.id)"
        let known = written.withLock { written in
            written.documents[name].flatMap {
                $0.version == snapshot.state.version && $0.today == today ? $0.bytes : nil
            }
        }
        if let known { return known }
        let bytes = ByteBuffer(string: snapshot.document(on: today).compact)
        written.withLock { written in
            if written.documents.count >= Self.limit || written.bytes >= Self.byteLimit { written = Shelf() }
            written.bytes += bytes.readableBytes - (written.documents[name]?.bytes.readableBytes ?? 0)
            written.documents[name] = Written(version: snapshot.state.version, today: today, bytes: bytes)
        }
        return bytes
    }
}
