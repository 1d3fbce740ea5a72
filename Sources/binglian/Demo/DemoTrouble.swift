import CaseEngine
import Orchestrator
import Planning
import WorkCalendar
import WorkflowModel

/// What goes wrong in a project of the demonstration, so that supervision has something to look at on every day
/// (示范状况): without it simulated departments keep every limit.
enum DemoTrouble: Sendable {
    /// 人防 never gives its opinion, which is never taken for granted, so that it goes over its limit and stays there; 园林
    /// is silent too, which counts as agreement.
    case overrun
    /// The land-use permit is not decided, so that its promised limit is over, and one day the statutory one.
    case latePermit
    /// The land-use permit waits for an appraisal, and its clock stands still.
    case standstill
    /// The joint acceptance finds a fault, and the owner has not mended it.
    case failedAcceptance
    /// The owner complains, and nobody answers.
    case complaint
    /// Its filing is accepted on the last of two days, and then the owner takes a rest: one enters every day, so that on
    /// every day there is one that is near its limit.
    case onlyFiling

    /// What was done beside answers: so many days from the opening, and by whom.
    var act: (day: Int, command: SupervisionCommand, role: Actor.Role)? {
        guard case .complaint = self else { return nil }
        return (
            -9,
            .complain(
                item: nil, department: "housing",
                text: "同一份材料在窗口和审查机构各提交了一次，希望统一收件。"), .applicant
        )
    }

    /// What a party does in place of its usual answer; `nil` for that.
    ///
    /// - Parameter usual: its answer.
    func answer(_ request: WorkRequest, usual: Answer, in city: DemoCity, on calendar: WorkCalendar) -> Delivery? {
        switch self {
        case .overrun:
            guard case .opine = request.ask, request.item == "scheme-review",
                [.department("civil-defence"), .department("landscape")].contains(request.party)
            else { return nil }
            return .posted
        case .latePermit:
            guard request.item == "land-use-permit", case .decide = request.ask else { return nil }
            return .posted
        case .standstill:
            guard request.item == "land-use-permit" else { return nil }
            switch request.ask {
            case .decide:
                let appraisal = ItemCommand.beginSpecialProcedure(
                    kind: .appraisal, basis: "行政许可法第四十五条", length: .working(40))
                return .answer(
                    Answer(on: usual.on, commands: [.item(request.item, appraisal)], actor: usual.actor))
            case .endSpecialProcedure: return .posted
            default: return nil
            }
        case .failedAcceptance: return failedAcceptance(request, usual, city, calendar)
        case .complaint: return nil
        case .onlyFiling:
            switch request.ask {
            case .file: return request.item == "project-filing" ? nil : .posted
            case .admit: return nil
            default:
                return .answer(
                    Answer(on: max(usual.on, request.due ?? usual.on), commands: usual.commands, actor: usual.actor))
            }
        }
    }

    private func failedAcceptance(
        _ request: WorkRequest, _ usual: Answer, _ city: DemoCity, _ calendar: WorkCalendar
    ) -> Delivery? {
        switch (request.item, request.ask) {
        case ("construction", .complete):
            // Soon enough that the works are finished some weeks before the city opens.
            let soon = max(calendar.adding(.working(20), to: request.since), city.opensOn.adding(days: -80))
            return .answer(Answer(on: min(usual.on, soon), commands: usual.commands, actor: usual.actor))
        case ("joint-acceptance", .opine):
            guard let participant = request.participant, request.party == .department("housing") else { return nil }
            let fault = Verdict.fail(points: [Point("疏散楼梯间一樘防火门未装闭门器，须整改后复验")])
            return .answer(
                Answer(
                    on: usual.on,
                    commands: [.item(request.item, .opine(participant: participant, verdict: fault))],
                    actor: usual.actor))
        case ("joint-acceptance", .rectify): return .posted
        default: return nil
        }
    }
}
