import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// How a history goes.
enum Mode: String, CaseIterable, Sendable {
    /// Any fault at any time; the invariants hold throughout.
    case safety
    /// Faults stop on the way; then everything that is due comes about.
    case liveness
}

/// A history that did not hold.
struct Failure: Error, CustomStringConvertible {
    let seed: UInt64
    let mode: Mode
    let step: Int
    let problems: [String]
    var trace: [String] = []
    var dropped = 0

    var description: String {
        "seed \(seed) mode \(mode.rawValue) step \(step): \(problems.joined(separator: "; "))"
    }
}

/// One seeded history (推演史): nodes, one store, people and faults in virtual time, one event after another.
///
/// Nothing in it waits, sleeps or runs beside anything else; every order of things comes from the queue, and the queue
/// from the seed. What draws at random draws from a stream of its own, named by what it is for, so that leaving one
/// stimulus out leaves the others as they were.
final class Simulator {
    enum Happening {
        /// The k-th stimulus: somebody does something, or something goes wrong.
        case stimulus(Int)
        case delivery(request: Int, node: Int)
        case commit(node: Int, life: Int, [Pending])
        case outcome(node: Int, life: Int, [(Pending, Result<AppendOutcome, StoreError>)])
        case headRead(node: Int, life: Int, Job)
        case retry(request: Int)
    }

    let seed: UInt64
    let mode: Mode
    let workload: Workload
    var faults: FaultPlan
    let bent: Bent
    /// Stimuli that are left out, while a failing history is made shorter.
    let dropped: Set<Int>

    var clock = 0
    var step = 0
    var queue = EventQueue<Happening>()
    var store = SimulatedStore()
    var nodes: [Node]
    var requests: [Request] = []
    var audit: Audit
    var coverage = Coverage()
    var people: People
    var isHealed = false
    var stimuli = 0
    var commits = 0
    private var messages = 0
    private let traces: Bool
    private(set) var trace: [String] = []

    init(seed: UInt64, mode: Mode, dropping dropped: Set<Int> = [], traces: Bool = false) {
        self.seed = seed
        self.mode = mode
        self.dropped = dropped
        self.traces = traces
        workload = Workload(seed: seed)
        faults = FaultPlan(seed: seed)
        bent = Bent(of: seed)
        nodes = (0..<(seed % 3 == 0 ? 3 : 2)).map { Node(number: $0) }
        audit = Audit(book: workload.book)
        people = People(workload)
    }

    func note(_ text: @autoclosure () -> String) {
        if traces { trace.append("\(step) \(date(at: clock)) \(clock % 1440 / 60):\(clock % 60) \(text())") }
    }

    /// A stream of random numbers for one purpose.
    func stream(_ purpose: UInt64, _ number: Int) -> SeededGenerator {
        var mixed = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ purpose)
        return SeededGenerator(seed: mixed.next() ^ (UInt64(bitPattern: Int64(number)) &* 0xD6E8_FEB8_6659_FD93))
    }

    func date(at minute: Int) -> LocalDate {
        workload.start.adding(days: minute >= 0 ? minute / 1440 : -((1439 - minute) / 1440))
    }

    func today(_ node: Int) -> LocalDate { date(at: clock + nodes[node].skew) }

    /// The moment by a node's clock, in an office eight hours ahead of UTC.
    func instant(_ node: Int) -> Instant {
        Instant(
            milliseconds: (Int64(workload.start.dayNumber) * 1440 + Int64(clock + nodes[node].skew) - 480) * 60_000)
    }

    func push(_ happening: Happening, in minutes: Int, _ random: inout SeededGenerator) {
        queue.push(happening, at: clock + max(0, minutes), tie: random.next())
    }

    // MARK: Running

    static let steps = 500

    /// - Throws: `Failure` at the first step after which something does not hold.
    func run(_ steps: Int = Simulator.steps) throws {
        var random = stream(1, 0)
        for entry in workload.registry { enterAtOnce(entry) }
        push(.stimulus(0), in: 0, &random)
        let healing = mode == .liveness ? steps * 3 / 5 : Int.max
        while step < steps, let (time, happening) = queue.pop() {
            clock = max(clock, time)
            if let node = pausedNode(of: happening) {
                queue.push(happening, at: nodes[node].pausedUntil, tie: random.next())
                continue
            }
            step += 1
            try dispatch(happening)
            try check()
            if step == healing {
                try heal()
                break
            }
        }
        try finish()
    }

    private func pausedNode(of happening: Happening) -> Int? {
        switch happening {
        case .delivery(_, let node), .outcome(let node, _, _), .headRead(let node, _, _):
            nodes[node].pausedUntil > clock ? node : nil
        case .stimulus, .commit, .retry: nil
        }
    }

    func dispatch(_ happening: Happening) throws {
        switch happening {
        case .stimulus(let number): stimulus(number)
        case .delivery(let request, let node):
            requests[request].sent += 1
            try perform(request, at: node, attempt: requests[request].sent)
        case .commit(let node, let life, let batch): commit(batch, of: node, life)
        case .outcome(let node, let life, let outcomes):
            guard nodes[node].life == life else { return }
            try settle(outcomes, at: node)
        case .headRead(let node, let life, let job):
            guard nodes[node].life == life else { return }
            try confirm(job, at: node)
        case .retry(let request):
            if requests[request].isSettled || requests[request].sent >= (isHealed ? 40 : 6) { return }
            var random = stream(2, request * 64 + requests[request].sent)
            push(.delivery(request: request, node: random.number(0...nodes.count - 1)), in: 1, &random)
        }
    }

    func check() throws {
        let problems = audit.takeProblems()
        if !problems.isEmpty { throw failure(problems) }
    }

    func failure(_ problems: [String]) -> Failure {
        Failure(seed: seed, mode: mode, step: step, problems: problems, trace: trace)
    }

    // MARK: People's messages

    /// Sends a request to a node; the network may lose, double or hold it up.
    func send(_ request: Int, to node: Int, in delay: Int = 0) {
        messages += 1
        var random = stream(3, messages)
        if random.chance(faults.message / 3) {
            coverage.reach(.messageLost)
            note("request \(request) is lost")
            push(.retry(request: request), in: random.number(10...600), &random)
            return
        }
        var late = random.number(0...2)
        if random.chance(faults.message) {
            coverage.reach(.messageLate)
            late = random.number(30...4000)
        }
        push(.delivery(request: request, node: node), in: delay + late, &random)
        if random.chance(faults.message) {
            coverage.reach(.messageDoubled)
            push(
                .delivery(request: request, node: random.number(0...nodes.count - 1)),
                in: delay + random.number(0...2000), &random)
        }
    }

    func answer(_ request: Int, _ answer: Request.Answer, attempt: Int) {
        note("request \(request) answered: \(answer.trace)")
        audit.note(answer, to: requests[request], attempt: attempt)
        messages += 1
        var random = stream(4, messages)
        if random.chance(faults.message / 2) {
            coverage.reach(.answerToPersonLost)
            push(.retry(request: request), in: random.number(10...900), &random)
            return
        }
        requests[request].answers.append(answer)
        switch answer {
        case .unknown: push(.retry(request: request), in: random.number(1...400), &random)
        case .refused(let code): coverage.reach("refusal.\(code)")
        case .accepted, .entered: break
        }
        people.heard(answer, of: requests[request], audit)
    }
}
