import Planning

extension SimulatedParties: DepartmentConnector {
    public func deliver(_ dispatch: Dispatch) async throws -> Delivery {
        isGivenUp(dispatch.request) ? .posted : .answer(answer(to: dispatch))
    }

    /// The answer that a party gives, known from the start.
    public func answer(to dispatch: Dispatch) -> Answer {
        answer(
            to: Question(
                dispatch.request, caseID: dispatch.caseID.description, applicant: Self.applicant(of: dispatch.opening)),
            on: dispatch.today)
    }
}
