import TestSupport

/// Everything that the simulator does to its world, by name; each one has to happen in a run.
enum Fault: String, CaseIterable, Sendable {
    // The store.
    case answerLost, answerLate, unavailable, full, serialization, lostInFlight
    // Nodes.
    case crash, pause, clockJump, zombieAppend
    // Messages between people and nodes.
    case messageLost, messageDoubled, messageLate, answerToPersonLost
    // People.
    case doubleClick, otherNodeSameKey, sameKeyOtherCommand, sameKeyOtherPerson, staleForm, wrongHand, afterLimit
    case withdrawal, calendarChange, migration, roleWithdrawn
    // The outbox.
    case deliveredTwice, receiverDown, deadLetter, requeue
}

/// How often what goes wrong in one history, in per cent; drawn from the seed, so that some histories are calm.
struct FaultPlan: Sendable {
    var store = 0
    var message = 0
    var node = 0
    var people = 0

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 0xFA17)
        // Swarm: a quarter of the histories goes without each family of faults, so that it cannot hide another one.
        func rate(_ rates: [Int]) -> Int { rates[Int.random(in: 0..<rates.count, using: &random)] }
        store = rate([0, 4, 10, 25])
        message = rate([0, 4, 10, 25])
        node = rate([0, 3, 6, 12])
        people = rate([10, 25, 40, 60])
    }

    static let none: FaultPlan = {
        var plan = FaultPlan(seed: 0)
        (plan.store, plan.message, plan.node, plan.people) = (0, 0, 0, 0)
        return plan
    }()
}

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { percent > 0 && Int.random(in: 0..<100, using: &self) < percent }
    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &self)] }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
