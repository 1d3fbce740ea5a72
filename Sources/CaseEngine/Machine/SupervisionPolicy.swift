import WorkCalendar
import WorkflowModel

/// When supervision warns (监察规则), and the limits the law sets where an item names none of its own.
public struct SupervisionPolicy: Hashable, Sendable {
    /// How long before the promised limit the blue reminder comes.
    public let blueBefore: DayAmount
    /// The share of the promised limit after which the yellow card comes, in per cent, 1…100.
    public let yellowAtPercent: Int
    /// Within how many days of receipt a correction has to be asked for; after that it is deemed admitted.
    public let admissionLimit: DayAmount
    /// How long before the promised date the applicant is reminded of open gaps.
    public let gapReminderBefore: DayAmount
    /// The limit of an approval whose item names none.
    public let approvalLimit: StatutoryLimit?
    /// The limit of a joint item that names none.
    public let jointLimit: StatutoryLimit?
    /// Within how many days of the decision outputs are handed out.
    public let deliveryLimit: DayAmount

    /// - Precondition: `yellowAtPercent` is in 1…100.
    public init(
        blueBefore: DayAmount, yellowAtPercent: Int, admissionLimit: DayAmount, gapReminderBefore: DayAmount,
        approvalLimit: StatutoryLimit?, jointLimit: StatutoryLimit?, deliveryLimit: DayAmount
    ) {
        precondition((1...100).contains(yellowAtPercent), "a share in per cent")
        self.blueBefore = blueBefore
        self.yellowAtPercent = yellowAtPercent
        self.admissionLimit = admissionLimit
        self.gapReminderBefore = gapReminderBefore
        self.approvalLimit = approvalLimit
        self.jointLimit = jointLimit
        self.deliveryLimit = deliveryLimit
    }

    /// Blue one working day before, yellow at 90 %, red past the promised limit; the limits of the licensing law.
    ///
    /// - Source: 行政许可法 (2019) arts. 32 (five working days), 42 (20 + 10, joint 45 + 15), 44 (ten to deliver); the
    ///   levels follow municipal supervision rules and are configuration.
    public static let standard = SupervisionPolicy(
        blueBefore: .working(1), yellowAtPercent: 90, admissionLimit: .working(5), gapReminderBefore: .working(1),
        approvalLimit: StatutoryLimit(limit: .working(20), extension: .working(10), basis: "行政许可法 art.42"),
        jointLimit: StatutoryLimit(limit: .working(45), extension: .working(15), basis: "行政许可法 art.42"),
        deliveryLimit: .working(10))
}
