import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

/// One event on one line: date, item, what happened, by whom.
struct EventText {
    let event: CaseEvent
    let terminal: Terminal

    init(_ event: CaseEvent, _ terminal: Terminal) {
        self.event = event
        self.terminal = terminal
    }

    var line: String {
        let absent = event.grounds?.onBehalfOf.map { terminal.say("，代\($0)", " for \($0)") } ?? ""
        let who = event.by.role == .system ? "" : "  (\(event.by.name)\(absent))"
        let words = event.words[terminal.language]
        return "\(event.on)  " + DisplayWidth.padded(event.item ?? "·", to: 20) + " " + styled(words)
            + terminal.styled(who, .dim)
    }

    private func styled(_ words: String) -> String {
        switch event.what {
        case .cardRaised(_, let level, _, _, _, _, _), .ruleCardRaised(_, _, let level, _, _, _, _):
            terminal.styled(words, level == .blue ? .blue : level == .yellow ? .yellow : .red)
        case .refused, .promiseBroken, .revoked, .matterOverdue: terminal.styled(words, .red)
        case .stageClosed, .caseCompleted: terminal.styled(words, .green)
        default: words
        }
    }
}
