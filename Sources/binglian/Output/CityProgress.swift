import CaseEngine
import Foundation
import Planning
import WorkCalendar
import WorkflowModel

/// How far a city is, in one line on standard error; nothing where that is no terminal.
struct CityProgress: Sendable {
    private let terminal: Terminal
    private let projects: Int
    private let isTerminal: Bool

    init(terminal: Terminal, simulation: PortfolioSimulation) {
        self.terminal = terminal
        projects = simulation.members.count
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// Shows the date and how many cases have ended while work goes on.
    func playing(
        _ work: (_ onEvents: (_ member: Int, _ events: [CaseEvent]) -> Void) -> PortfolioOutcome
    ) -> PortfolioOutcome {
        var closed = 0
        var shown = ContinuousClock.now
        return work { _, events in
            for event in events {
                if case .caseCompleted = event.what { closed += 1 }
            }
            guard isTerminal, let date = events.last?.on, ContinuousClock.now - shown > .milliseconds(100) else {
                return
            }
            shown = .now
            say("推演 \(date)  办结 \(closed)/\(projects)", "playing \(date)  \(closed)/\(projects) done")
        }
    }

    func say(_ zh: String, _ en: String) {
        if isTerminal { printError("\r\u{1B}[K\(terminal.say(zh, en))", terminator: "") }
    }

    func clear() {
        if isTerminal { printError("\r\u{1B}[K", terminator: "") }
    }
}
