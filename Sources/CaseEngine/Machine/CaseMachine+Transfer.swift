import WorkCalendar
import WorkflowModel

/// Items of one case that go on at another body, while its workflow stays.
///
/// - Source: 重庆方案 二(七), 取消、下放、委托; 营口市行政审批清障提效专项整治行动方案 三(一)1–3, 三(三)7.
extension CaseMachine {
    func transfer(
        _ order: TransferOrder, on state: inout CaseState, in context: CaseContext,
        _ successor: (CaseGoverning) -> CaseMachine?
    ) throws(CaseRejection) -> ([CaseEvent], CaseMachine) {
        var next = try amendable(state, in: context, reason: order.reason)
        guard order.basis.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
        guard plan.workflow.departments.contains(where: { $0.id == order.to }) else {
            throw .unknownDepartment(order.to)
        }
        var handed: [Handover] = []
        for id in order.items where !handed.contains(where: { $0.item == id }) {
            guard let index = rules.index(of: id), state.items.indices.contains(index) else { throw .unknownItem(id) }
            let from = rules.item(index).department
            guard let from else { throw .notForThisItem(item: id) }
            guard from != order.to else { throw .alreadyInCharge(item: id, department: order.to) }
            let status = state.items.marks[index].status
            guard !status.isFinished else { throw .notNow(item: id, status: status) }
            handed.append(Handover(item: id, participant: nil, from: from, to: order.to))
        }
        guard !handed.isEmpty else { throw .unknownItem("") }
        next.hand(over: handed)
        guard let machine = successor(next) else { throw .versionNotAtHand(next.version) }
        let transfer = ItemTransfer(handed: handed, basis: order.basis, reason: order.reason, how: order.how)
        return (machine.amend(&state, .itemsTransferred(transfer: transfer), in: context), machine)
    }
}

extension CaseGoverning {
    /// Other bodies have items from now on.
    mutating func hand(over handed: [Handover]) {
        for one in handed { transfers[one.item] = one.to }
    }
}
