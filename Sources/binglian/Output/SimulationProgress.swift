import Foundation
import Planning
import Scheduling
import Synchronization
import WorkCalendar
import WorkflowModel

/// A bar on standard error while a simulation goes on, with what it says so far; nothing where that is no terminal.
final class SimulationProgress: Sendable {
    private let terminal: Terminal
    private let isTerminal: Bool
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(terminal: Terminal) {
        self.terminal = terminal
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    func show(_ part: SimulationPart, of runs: Int, _ model: RiskModel) {
        let now = ContinuousClock.now
        let isDue = last.withLock { last in
            if let last, now - last < .milliseconds(100) { return false }
            last = now
            return true
        }
        guard isTerminal, isDue else { return }
        let width = 24
        let done = part.count * width / max(1, runs)
        let bar = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
        let p80 = OutcomeDistribution(part.finishes).quantile(0.8).map { model.date(ofFinish: $0) }
        printError("\r\(bar) \(part.count)/\(runs)  P80 \(p80?.description ?? "")", terminator: "")
    }

    func clear() {
        if isTerminal { printError("\r\u{1B}[K", terminator: "") }
    }
}
