import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// The four stages while a run goes on: redrawn in place on a terminal, a line for every turn of events elsewhere.
///
/// Progress goes to standard error; results go to standard output.
actor LiveView {
    private let terminal: Terminal
    private let isLive: Bool
    private let isTerminal: Bool
    private var drawn = 0
    private var snapshot: CaseSnapshot?
    private var recent: [String] = []

    init(terminal: Terminal, isLive: Bool) {
        self.terminal = terminal
        self.isLive = isLive
        self.isTerminal = isatty(STDERR_FILENO) == 1
    }

    func begin(_ snapshot: CaseSnapshot) {
        self.snapshot = snapshot
    }

    func show(_ day: LocalDate) {
        guard isLive, isTerminal, let snapshot else { return }
        draw(snapshot, day: day)
    }

    func note(_ step: CaseRun.Step) {
        switch step {
        case .performed(let done, let snapshot):
            self.snapshot = snapshot
            guard isLive else { return }
            for event in done.events where isTurn(event) {
                let line = EventText(event, terminal).line
                recent.append(line)
                if !isTerminal { printError(line) }
            }
            if recent.count > 6 { recent.removeFirst(recent.count - 6) }
        case .undelivered(let dispatch, let failure):
            printError(
                terminal.say(
                    "未送达 \(dispatch.request.party.name)：\(dispatch.request.item)（\(failure)）",
                    "not delivered to \(dispatch.request.party.name): \(dispatch.request.item) (\(failure))"))
        case .refused(let dispatch, let rejection):
            printError(
                terminal.say(
                    "答复未被接受：\(dispatch.request.id)（\(rejection.text.zh)）",
                    "answer refused: \(dispatch.request.id) (\(rejection.text.en))"))
        }
    }

    func finish(_ snapshot: CaseSnapshot) {
        guard isLive, isTerminal else { return }
        draw(snapshot, day: snapshot.state.asOf ?? LocalDate(dayNumber: 0))
        printError("")
    }

    /// Events worth a line: what somebody outside would call news.
    private func isTurn(_ event: CaseEvent) -> Bool {
        switch event.what {
        case .becameReady, .filed, .admitted, .begun, .signed, .opinionsClosed, .stageStarted: false
        default: true
        }
    }

    private func draw(_ snapshot: CaseSnapshot, day: LocalDate) {
        let stages = StageText(snapshot: snapshot, terminal: terminal).text.split(separator: "\n").map(String.init)
        let lines = [terminal.styled("\(day)", .bold)] + stages + recent
        if drawn > 0 { printError("\u{1B}[\(drawn)A", terminator: "") }
        for line in lines { printError("\u{1B}[2K" + fitted(line)) }
        for _ in 0..<max(0, drawn - lines.count) { printError("\u{1B}[2K") }
        drawn = max(drawn, lines.count)
    }

    /// A line that does not wrap; escapes take no room, so styled lines are cut late rather than early.
    private func fitted(_ line: String) -> String {
        line.contains("\u{1B}") ? line : DisplayWidth.fitted(line, to: max(40, terminal.columns - 1))
    }
}
