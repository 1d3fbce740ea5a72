import CaseEngine
import Crypto
import Planning
import WorkCalendar
import WorkflowModel

/// What departments with systems of their own are told when something is asked of them (派件消息).
///
/// Stored with the events that the request follows from. A request is told once: its message has an id of case and
/// request, which the receiver's queue knows for good.
struct RequestMessages {
    static let kind = "item.requested"

    /// The receivers of departments, by the departments' ids.
    private let receivers: [String: String]
    /// The requests that this desk has told.
    private var told: Set<String> = []

    init(receivers: [String: String]) { self.receivers = receivers }

    /// The messages about the requests of some items that were not told yet.
    mutating func messages(of items: [Int], in id: CaseID, _ machine: CaseMachine, _ state: CaseState)
        -> [OutgoingMessage]
    {
        if receivers.isEmpty { return [] }
        var messages: [OutgoingMessage] = []
        for index in items {
            for request in machine.requests(ofItemAt: index, in: state) {
                guard case .department(let department) = request.party, let receiver = receivers[department],
                    told.insert("\(receiver) \(request.id)").inserted
                else { continue }
                let limits = state.items[index].limits
                messages.append(
                    OutgoingMessage(
                        receiver: receiver, kind: Self.kind, dedupKey: Self.key(of: request, in: id),
                        payload: Self.payload(
                            request, in: id, state.opening, title: machine.plan[request.item]?.item.title,
                            statutory: limits?.statutory, result: Self.result(request, index, state))))
            }
        }
        return messages
    }

    /// What the supervising department is told of 审管衔接: which result, what became of the item, and what it issued.
    private static func result(_ request: WorkRequest, _ index: Int, _ state: CaseState) -> JSONText {
        guard case .acknowledge = request.ask, let push = state.items[index].aftermath?.push else { return .null }
        let item = state.items[index]
        return .members([
            "number": .integer(push.number), "status": .string(item.status.rawValue),
            "on": .string(push.on.description),
            "documents": .array(
                state.materials.filter { $0.isOutput && $0.origin == item.id }.map {
                    .members([
                        "material": .string($0.material), "hash": .string($0.hash),
                        "validUntil": .optional($0.validUntil?.description), "isRevoked": .bool($0.isRevoked),
                    ])
                }),
        ])
    }

    /// The same for the same request of the same case; a long one by its hash.
    private static func key(of request: WorkRequest, in id: CaseID) -> String {
        let whole = "\(id):\(request.id)"
        if whole.utf8.count <= 128 { return whole }
        let digits = SHA256.hash(data: Array(whole.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "request.\(digits.joined())"
    }

    /// As documented in docs/operations.md: what is asked, of which item of which project, and until when. No person's
    /// name.
    private static func payload(
        _ request: WorkRequest, in id: CaseID, _ opening: CaseOpening?, title: LocalizedText?, statutory: LocalDate?,
        result: JSONText
    ) -> [UInt8] {
        Array(
            JSONText.members([
                "case": .string(id.text), "request": .string(request.id), "item": .string(request.item),
                "participant": .optional(request.participant), "department": .string(request.party.name),
                "task": .string(request.ask.verb), "title": title?.json ?? .null,
                "project": .optional(opening?.project), "projectTitle": opening?.title.json ?? .null,
                "ownerCode": .optional(opening?.ownerCode), "attempt": .integer(request.attempt),
                "round": .integer(request.round), "since": .string(request.since.description),
                "due": .optional(request.due?.description), "statutory": .optional(statutory?.description),
                "result": result,
            ]).compact.utf8)
    }
}
