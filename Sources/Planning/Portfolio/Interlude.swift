import CaseEngine
import WorkCalendar

/// Time that an application was not worked on by its office, because something else had to come first (中间环节).
public struct Interlude: Sendable, Hashable {
    /// What had to come.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// 补正, from its notice to its supply.
        case correction
        /// 特别程序
        case specialProcedure
        /// A round of 整改, without the recheck.
        case rectification
    }

    /// The index of the member.
    public let member: Int
    public let item: String
    public let kind: Kind
    public let from: LocalDate
    public let to: LocalDate
}

/// Notes the interludes of cases, and what was refused, from their events.
struct InterludeLog {
    private(set) var interludes: [Interlude] = []
    /// Applications that were refused.
    private(set) var refusals = 0

    private struct Subject: Hashable {
        let member: Int
        let item: String
        let kind: Interlude.Kind
    }

    private var open: [Subject: LocalDate] = [:]

    mutating func note(_ events: [CaseEvent], of member: Int) {
        for event in events {
            guard let item = event.item else { continue }
            func begin(_ kind: Interlude.Kind) { open[Subject(member: member, item: item, kind: kind)] = event.on }
            func end(_ kind: Interlude.Kind) {
                guard let from = open.removeValue(forKey: Subject(member: member, item: item, kind: kind)) else {
                    return
                }
                interludes.append(Interlude(member: member, item: item, kind: kind, from: from, to: event.on))
            }
            switch event.what {
            case .correctionRequested: begin(.correction)
            case .correctionSupplied: end(.correction)
            case .procedureBegan: begin(.specialProcedure)
            case .procedureEnded: end(.specialProcedure)
            case .merged(_, _, rectify: true, _, _): begin(.rectification)
            case .rectified: end(.rectification)
            case .refused: refusals += 1
            default: break
            }
        }
    }
}
