/// Everything that a workflow has to satisfy beyond its form, family by family.
///
/// A rule reports a root cause once, and is silent about what another rule or the reader has reported.
enum WorkflowRules {
    static func check(_ draft: WorkflowDraft, _ report: Report) {
        let names = NameRules(draft, report)
        names.check()
        StageRules.check(draft, report)
        for item in draft.items {
            ItemRules(item, report).check()
            if item.item.joint != nil { JointRules(item, report).check() }
        }
        MaterialRules.check(draft, report)
        let graph = WaitingGraph(draft.items.map(\.item), names.itemIndex)
        OrderRules(draft, graph, names, report).check()
        TargetRules(draft, graph, names, report).check()
        LeverRules(draft, names, report).check()
    }
}
