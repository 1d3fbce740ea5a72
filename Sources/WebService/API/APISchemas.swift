import CaseEngine
import WorkCalendar
import WorkflowModel

/// The schemas that the interface's description names (数据模式表).
enum APISchemas {
    private static let nullableText = Schema.text().orNull
    private static let nullableDate = Schema.date.orNull
    private static let words = Schema.object(["zh": .text(), "en": .text()])
    private static let nullableWords = words.orNull
    private static let whole = Schema.whole()
    private static let project = Schema(
        .members([
            "type": .string("object"),
            "description": .string("The members of a project file: project, title, owner, facts, works."),
        ]))

    /// In the order of their names.
    static let all: [(name: String, schema: Schema)] = [
        (
            "Account",
            .object([
                "id": .text(), "name": .text(), "posts": .list(.named("Post")), "closed": .flag, "external": .flag,
            ])
        ),
        (
            "AccountEvent",
            .openObject(["on": .date, "by": .text(), "kind": .text(), "account": .text()])
        ),
        (
            "AdviceRequest",
            .object([
                "workflow?": .text(longest: 64), "version?": .text(longest: 64), "project?": project,
                "start?": .date, "case?": .text(longest: 64), "target?": .text(longest: 64),
                "limit?": .text(longest: 20),
                "probability?": Schema(
                    .members(["type": .string("number"), "minimum": .number(0.01), "maximum": .number(0.999)])),
                "seconds?": .whole(1...60), "seed?": .whole(0...1_000_000),
            ])
        ),
        (
            "CalendarYear",
            .object([
                "calendar": .text(), "version": .text(), "year": whole, "workingDays": whole, "daysOff": .list(.date),
            ])
        ),
        (
            "Card",
            .object([
                "id": .text(), "level": .text(), "item": .text(), "participant": nullableText,
                "department": nullableText, "on": .date, "standing": .oneOf(["open", "lifted", "confirmed"]),
                "explanation": nullableText, "rule": nullableText, "evidence": nullableText,
            ])
        ),
        (
            "Case",
            .object([
                "case": .text(), "version": whole, "project": nullableText, "title": nullableWords,
                "owner": nullableWords, "ownerCode": nullableText, "workflow": nullableText,
                "workflowVersion": nullableText, "calendar": nullableText, "status": .oneOf(CaseStatus.words),
                "statusTitle": words, "openedOn": nullableDate, "closedOn": nullableDate, "asOf": nullableDate,
                "today": .date, "green": .flag,
                "stages": .list(
                    .object(["id": .text(), "title": words, "startedOn": nullableDate, "closedOn": nullableDate])),
                "items": .list(.named("Item")), "tasks": .list(.named("CaseTask")), "cards": whole,
            ])
        ),
        (
            "CaseRow",
            .object([
                "case": .text(), "project": nullableText, "title": .text(), "workflow": .text(),
                "workflowVersion": .text(), "status": .oneOf(CaseStatus.words), "openedOn": .date, "updatedOn": .date,
                "version": whole, "waitingFor": .list(.text()),
            ])
        ),
        (
            "CaseTask",
            .object([
                "task": .text(), "item": .text(), "participant": nullableText, "party": .text(), "verb": .text(),
                "since": .date, "due": nullableDate, "overdue": .flag,
            ])
        ),
        (
            "Change",
            .object([
                "kind": .text(), "subject": .text(), "id": nullableText, "path": .list(.text()),
                "before": nullableWords, "after": nullableWords, "words": words,
            ])
        ),
        (
            "Check",
            .object(["usable": .flag, "omitted": whole, "diagnostics": .list(.anything)])
        ),
        (
            "Command",
            Schema(
                .members([
                    "type": .string("object"), "minProperties": .integer(1), "maxProperties": .integer(1),
                    "description": .string(
                        "A command as the log has it, for example "
                            + #"{"item":{"id":"permit","command":{"admit":{}}}}; see docs/states.md."#),
                ]))
        ),
        (
            "CommandMembers",
            Schema(
                .members([
                    "type": .string("object"),
                    "description": .string("The members of the command, without its name, which stands in the path."),
                ]))
        ),
        (
            "Commitment",
            .object([
                "item": .text(), "kind": .oneOf(["promise", "gaps"]), "by": nullableText, "on": .date,
                "materials": .list(.text()), "broken": .flag,
            ])
        ),
        (
            "Event",
            .openObject([
                "case": .text(), "sequence": whole, "kind": .text(), "on": .date, "at": .moment, "actor": .text(),
                "payload": .anything, "hash": .text(),
            ])
        ),
        (
            "File",
            .object(["hash": .text(), "size": whole, "name": .text(), "by": .text(), "on": .date])
        ),
        ("ForecastDocument", .openObject([:])),
        (
            "Item",
            .object([
                "id": .text(), "title": nullableWords, "stage": nullableText, "kind": nullableText,
                "department": nullableText, "status": .oneOf(ItemStatus.words), "statusTitle": words, "attempt": whole,
                "readyOn": nullableDate, "filedOn": nullableDate, "admittedOn": nullableDate,
                "finishedOn": nullableDate, "stopped": .flag, "due": nullableDate,
            ])
        ),
        (
            "ItemFile",
            .openObject([
                "id": .text(), "status": .oneOf(ItemStatus.words), "attempt": whole, "tasks": .list(.named("CaseTask")),
                "stops": .list(.object(["from": .date, "to": nullableDate, "reason": words])),
                "missing": .list(.text()),
            ])
        ),
        (
            "Job",
            .object([
                "id": .text(), "kind": .oneOf(["simulation", "advice"]), "title": words,
                "state": .oneOf(["waiting", "running", "done", "cancelled", "failed"]), "done": whole, "total": whole,
                "secondsLeft": whole.orNull, "interim": .anything, "partial": .flag, "problem": .anything,
                "result": .anything,
            ])
        ),
        (
            "JointSession",
            .object([
                "item": .text(), "title": nullableWords, "status": .oneOf(ItemStatus.words), "round": whole,
                "passed": Schema.flag.orNull,
                "participants": .list(
                    .object([
                        "id": .text(), "title": nullableWords, "department": nullableText, "standing": .text(),
                        "askedOn": nullableDate, "answeredOn": nullableDate, "due": nullableDate,
                        "verdict": nullableText, "points": .list(.named("Point")),
                    ])),
                "notice": .list(.object(["participant": .text(), "point": .named("Point")])),
            ])
        ),
        (
            "LibraryEvent",
            .openObject(["on": .date, "by": .text(), "kind": .text(), "workflow": .text(), "version": .text()])
        ),
        (
            "Material",
            .object([
                "material": .text(), "hash": .text(), "since": .date, "origin": .text(), "output": .flag,
                "issuedOn": nullableDate, "validUntil": nullableDate, "valid": .flag, "reused": .flag,
            ])
        ),
        (
            "Opening",
            .object([
                "id?": .text(longest: 64, pattern: "^[A-Za-z0-9._:-]+$"), "workflow": .text(longest: 64),
                "version?": .text(longest: 64), "project": project,
            ])
        ),
        (
            "Performed",
            .object(["version": whole, "repeated": .flag, "events": .list(.anything)])
        ),
        ("PlanDocument", .openObject([:])),
        (
            "PlanRequest",
            .object([
                "workflow?": .text(longest: 64), "version?": .text(longest: 64), "project?": project,
                "start?": .date, "case?": .text(longest: 64),
            ])
        ),
        ("Point", .object(["text": .text(), "material": nullableText])),
        (
            "Post",
            .object([
                "role": .oneOf(ServiceRole.allCases.map(\.rawValue)), "title": words, "department": nullableText,
                "owners": .list(.text()),
            ])
        ),
        (
            "PostRequest",
            .object([
                "role": .oneOf(ServiceRole.allCases.map(\.rawValue)), "department?": nullableText,
                "place?": nullableWords, "owners?": Schema.list(.text()).orNull,
            ])
        ),
        (
            "Preview",
            .object(["version": whole, "status": .oneOf(CaseStatus.words), "events": .list(.anything)])
        ),
        (
            "Problem",
            .openObject([
                "type": .text(), "status": whole, "code": .text(), "title": .text(), "detail": .text(),
                "request": .text(),
                "rule?": .object(["id": .text(), "title": .text(), "source": .text()]),
            ])
        ),
        (
            "Progress",
            .object([
                "project": .text(),
                "cases": .list(
                    .object([
                        "title": nullableWords, "status": .oneOf(CaseStatus.words), "openedOn": nullableDate,
                        "closedOn": nullableDate,
                        "items": .list(
                            .object([
                                "title": words, "status": .oneOf(ItemStatus.words), "statusTitle": words,
                                "finishedOn": nullableDate,
                            ])),
                    ])),
            ])
        ),
        (
            "RegistryEntry",
            Schema(
                .members([
                    "type": .string("object"), "minProperties": .integer(1), "maxProperties": .integer(1),
                    "description": .string("An entry as the registry's log has it."),
                ]))
        ),
        (
            "Session",
            .object([
                "token": .text(), "account": .text(), "name": .text(), "tenant": .text(), "post": whole,
                "posts": .list(.named("Post")),
            ])
        ),
        (
            "SimulationRequest",
            .object([
                "workflow?": .text(longest: 64), "version?": .text(longest: 64), "project?": project,
                "start?": .date, "case?": .text(longest: 64), "runs?": .whole(100...1_000_000),
                "seed?": .whole(0...1_000_000),
            ])
        ),
        (
            "Task",
            .object([
                "case": .text(), "project": nullableText, "title": .text(), "owner": nullableText, "task": .text(),
                "verb": nullableText, "item": nullableText, "itemTitle": nullableWords, "participant": nullableText,
                "subject": nullableText, "since": nullableDate, "due": nullableDate, "near": nullableDate,
                "statutory": nullableDate, "critical": .flag, "rank": whole, "green": .flag,
            ])
        ),
        (
            "Whoami",
            .object([
                "account": .text(), "name": .text(), "tenant": .text(), "post": .named("Post"),
                "posts": .list(.named("Post")),
            ])
        ),
        ("Work", .object(["id": .text(), "title": words])),
        (
            "Workflow",
            .openObject(["workflow": .text(), "version": .text(), "standing": .text()])
        ),
    ]
}

extension ItemStatus {
    static var words: [String] { allCases.map(\.rawValue) }
}
