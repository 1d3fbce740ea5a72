import WorkCalendar

/// What an event of a case enters in the registry (上报): a breach, or an appointment.
public struct ReportedEntry: Hashable, Sendable {
    public let entry: RegistryEntry
    /// Case and number of the event: what is told twice is entered once.
    public let id: String
    public let on: LocalDate

    /// - Parameter sequence: the number of the event in its case, from 1.
    /// - Returns: `nil` when it enters nothing.
    public init?(_ event: CaseEvent, sequence: Int, of caseID: String, opening: CaseOpening?) {
        if let breach = Breach(event, sequence: sequence, of: caseID, opening: opening) {
            entry = .breachRecorded(breach: breach)
        } else if let report = AppointmentReport(event, sequence: sequence, of: caseID) {
            entry = .appointmentReported(report: report)
        } else {
            return nil
        }
        id = "\(caseID).\(sequence)"
        on = event.on
    }

    public init(_ report: AppointmentReport, id: String) {
        entry = .appointmentReported(report: report)
        self.id = id
        on = report.reportedOn
    }

    public init(_ breach: Breach) {
        entry = .breachRecorded(breach: breach)
        id = breach.id
        on = breach.on
    }
}

extension CaseEvent {
    /// Whether it may enter something in the registry.
    public var isReported: Bool {
        switch what {
        case .appointmentBooked, .appointmentMoved, .appointmentCancelled, .appointmentKept, .appointmentMissed: true
        default: breach != nil
        }
    }
}
