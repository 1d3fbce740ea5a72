import CaseEngine
import WorkCalendar
import WorkflowModel

/// The open tasks of one case as the store is told of them, kept beside its state (待办清单).
///
/// Only the items that an event touched are looked at again, as with the requests that the tasks are made of.
struct TaskList {
    private var ofItems: [[StoredTask]] = []
    private var overseen: [StoredTask] = []
    private var status: CaseStatus?

    /// Brings the list up to a state whose requests are kept.
    ///
    /// - Parameter changed: the positions of the items whose requests may have changed.
    /// - Parameter wholeCase: whether something happened that is about no item in particular.
    /// - Returns: all tasks, in the order of the plan; `nil` when they are those of the last time.
    mutating func update(
        to state: CaseState, of machine: CaseMachine, changed: [Int], wholeCase: Bool, oversightChanged: Bool,
        ranks: TaskRanks
    ) -> [StoredTask]? {
        let isAnew = wholeCase || status != state.status || ofItems.count != state.items.count
        var haveChanged = status == nil
        status = state.status
        if ofItems.count != state.items.count {
            ofItems = Array(repeating: [], count: state.items.count)
            haveChanged = true
        }
        for index in isAnew ? Array(state.items.indices) : changed {
            let requests = machine.requests(ofItemAt: index, in: state)
            if requests.isEmpty && ofItems[index].isEmpty { continue }
            let planned = machine.plan.index(of: state.items[index].id)
            let tasks = requests.map { request in
                request.task(
                    of: planned.map { machine.plan.items[$0].item }, state.items[index],
                    rank: ranks[planned], isGreen: state.greenChannel != nil)
            }
            if tasks == ofItems[index] { continue }
            ofItems[index] = tasks
            haveChanged = true
        }
        if isAnew || oversightChanged {
            let tasks = machine.oversightRequests(in: state).map { request in
                let index = request.item.flatMap { machine.plan.index(of: $0) }
                return request.task(
                    of: index.map { machine.plan.items[$0].item },
                    rank: request.item == nil ? TaskRanks.near : ranks[index])
            }
            if tasks != overseen {
                overseen = tasks
                haveChanged = true
            }
        }
        return haveChanged ? all : nil
    }

    private var all: [StoredTask] {
        var names = Set<String>()
        // One row a name, whatever a plan does: a second would keep the store from taking what happened.
        return (ofItems.joined() + overseen).filter { names.insert($0.name).inserted }
    }
}

extension WorkRequest {
    fileprivate func task(of item: Item?, _ state: ItemState, rank: Int, isGreen: Bool) -> StoredTask {
        let ofParticipant = participant.flatMap { id in state.joint?.participants.first { $0.id == id }?.limits }
        let limits = ofParticipant ?? state.limits
        return StoredTask(
            name: id, party: party.name, rank: rank, due: due,
            body: TaskBody(
                item: self.item, participant: participant, kind: ask.verb, title: item?.title, since: since,
                nearOn: limits?.yellow, statutory: limits?.statutory, isGreen: isGreen
            ).bytes)
    }
}

extension OversightRequest {
    fileprivate func task(of item: Item?, rank: Int) -> StoredTask {
        StoredTask(
            name: id, party: party.name, rank: rank, due: due,
            body: TaskBody(
                item: self.item, participant: participant, kind: ask.verb, title: item?.title, since: since,
                subject: subject
            ).bytes)
    }
}
