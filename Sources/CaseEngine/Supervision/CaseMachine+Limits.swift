import WorkflowModel

extension CaseMachine {
    /// The statutory limit of an item: its own, or the one of the policy for its kind; `nil` when the law sets none.
    public func statutoryLimit(of item: String) -> StatutoryLimit? {
        rules.index(of: item).flatMap { rules.item($0).statutoryLimit }
    }
}
