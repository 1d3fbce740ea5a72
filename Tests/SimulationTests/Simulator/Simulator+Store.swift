import TestSupport
import WorkCalendar
import WorkflowModel

@testable import CaseEngine
@testable import Orchestrator

/// What the store does with appends, and what becomes of them on the way.
extension Simulator {
    /// Sends what waits at a node on its way, unless something is under way already.
    func startCommit(_ node: Int) {
        guard !nodes[node].isCommitting, !nodes[node].queue.isEmpty else { return }
        nodes[node].isCommitting = true
        let batch = nodes[node].queue
        nodes[node].queue = []
        commits += 1
        var random = stream(5, commits)
        let delay = random.chance(faults.store / 2) ? random.number(10...2000) : random.number(0...1)
        push(.commit(node: node, life: nodes[node].life, batch), in: delay, &random)
    }

    func commit(_ batch: [Pending], of node: Int, _ life: Int) {
        commits += 1
        var random = stream(6, commits)
        if nodes[node].life != life {
            // Whoever sent it is dead. It may still arrive.
            if random.chance(50) {
                coverage.reach(.lostInFlight)
                note("an append of a dead node \(node) is lost")
                return
            }
            coverage.reach(.zombieAppend)
        } else if nodes[node].pausedUntil > clock {
            coverage.reach(.zombieAppend)
        }
        var late = random.number(0...1)
        var outcomes: [(Pending, Result<AppendOutcome, StoreError>)] = []
        func refuse(_ code: StoreError.Code, _ why: String) {
            outcomes = batch.map { ($0, .failure(StoreError(code, operation: "append", underlying: why))) }
        }
        if random.chance(faults.store) {
            switch random.number(0...4) {
            case 0:
                coverage.reach(.unavailable)
                refuse(.unavailable, "busy")
            case 1:
                coverage.reach(.full)
                refuse(.full, "no room")
            case 2:
                coverage.reach(.serialization)
                for pending in batch {
                    let head = store.contents.head(of: pending.append.caseID) ?? .empty
                    outcomes.append((pending, .success(.conflict(current: head.version))))
                }
            case 3:
                coverage.reach(.answerLost)
                _ = apply(batch, of: node)
                refuse(.unavailable, "connection lost after commit")
            default:
                coverage.reach(.answerLate)
                late = random.number(60...5000)
                outcomes = apply(batch, of: node)
            }
        } else {
            outcomes = apply(batch, of: node)
        }
        push(.outcome(node: node, life: life, outcomes), in: late, &random)
    }

    private func apply(_ batch: [Pending], of node: Int) -> [(Pending, Result<AppendOutcome, StoreError>)] {
        batch.map { pending in
            do throws(StoreError) {
                let (outcome, before, records) = try store.append(pending.append, pending.cargo)
                note("node \(node) request \(pending.request) \(pending.append.caseID): \(outcome.brief)")
                if case .appended = outcome {
                    audit.appended(pending, before: before, records: records, contents: store.contents)
                    if case .events(let events) = pending.cargo {
                        for event in events { coverage.reach("event.\(event.kind.rawValue)") }
                        for event in events { note("  \(event.on) \(event.kind.rawValue) \(event.item ?? "")") }
                    }
                    if case .registry(let events) = pending.cargo {
                        for event in events { coverage.reach("registry.\(event.kind.rawValue)") }
                    }
                    if case .library(let events) = pending.cargo {
                        for event in events { coverage.reach("library.\(event.kind)") }
                    }
                }
                return (pending, .success(outcome))
            } catch {
                return (pending, .failure(error))
            }
        }
    }
}

extension AppendOutcome {
    var brief: String {
        switch self {
        case .appended(let head): "appended, now \(head.version)"
        case .conflict(let current): "conflict, now \(current)"
        case .repeated(let answer): "repeated, of \(answer.version)"
        case .fenced: "fenced"
        }
    }
}
