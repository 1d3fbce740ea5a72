extension CaseEvent {
    /// The promise of the owner that was broken, when the event is that; such an event is entered in the registry under
    /// the case and the event's number (``Breach``).
    public var breach: BreachKind? {
        switch what {
        case .promiseBroken: .tolerance
        default: nil
        }
    }
}
