import WorkCalendar

/// A control value of an area (控制指标), such as a floor area ratio of at most 2.5: what a project there has to keep.
///
/// - Source: 衡阳方案 五(五)1, 区域能评、环评+区块能耗、环境标准; 国办发〔2019〕11号 四(十一), 标准地.
public struct ControlStandard: Hashable, Sendable, Codable {
    /// The id of the project's fact that it limits, a number.
    public let fact: String
    /// The smallest and the largest value that keep it, both included; one of them at least.
    public let least: Double?
    public let most: Double?
    /// Such as m or t/a, for people.
    public let unit: String?

    public init(fact: String, least: Double? = nil, most: Double? = nil, unit: String? = nil) {
        self.fact = fact
        self.least = least
        self.most = most
        self.unit = unit
    }

    public func admits(_ value: Double) -> Bool {
        least.map { $0 <= value } ?? true && most.map { value <= $0 } ?? true
    }

    /// Whether some value keeps it.
    var isSound: Bool {
        guard [least, most].compactMap(\.self).allSatisfy(\.isFinite), fact.contains(where: { !$0.isWhitespace }) else {
            return false
        }
        if let least, let most { return least <= most }
        return least != nil || most != nil
    }

    /// Such as `0.5 ≤ floorAreaRatio ≤ 2.5`.
    public var words: String {
        (least.map { "\($0.plain) ≤ " } ?? "") + fact + (most.map { " ≤ \($0.plain)" } ?? "")
            + (unit.map { " \($0)" } ?? "")
    }
}

/// A control value by which a case goes, and where it was set (适用指标).
public struct AppliedStandard: Hashable, Sendable, Codable {
    /// The id of the regional assessment.
    public let assessment: String
    /// Number or title of its approval.
    public let document: String
    public let standard: ControlStandard

    public init(assessment: String, document: String, standard: ControlStandard) {
        self.assessment = assessment
        self.document = document
        self.standard = standard
    }
}

/// What was measured of something that is built (实测值).
public struct MeasuredValue: Hashable, Sendable, Codable {
    /// The id of the fact.
    public let fact: String
    public let value: Double

    public init(fact: String, value: Double) {
        self.fact = fact
        self.value = value
    }
}

/// What the measurements of an item came to (竣工实测).
public struct Measurement: Hashable, Sendable {
    /// The newest value of each fact, in the order in which they were measured first.
    public internal(set) var values: [MeasuredValue]
    public internal(set) var on: LocalDate
    /// How many measurements went beyond a control value.
    public internal(set) var failures = 0
}

extension Double {
    /// In as few digits as it has.
    var plain: String { description.hasSuffix(".0") ? String(description.dropLast(2)) : description }
}

extension Registry {
    /// The control values of the assessments that a project rests on, in their order.
    func standards(of assessments: [RegionalAssessment]) -> [AppliedStandard] {
        assessments.flatMap { assessment in
            (assessment.standards ?? []).map {
                AppliedStandard(assessment: assessment.id, document: assessment.document, standard: $0)
            }
        }
    }
}

// Members stand in the order of their names; `Codable` reads what is written here.

extension ControlStandard: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("fact", fact)
            $0.member("least", least)
            $0.member("most", most)
            $0.member("unit", unit)
        }
    }
}

extension AppliedStandard: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("assessment", assessment)
            $0.member("document", document)
            $0.member("standard", standard)
        }
    }
}

extension MeasuredValue: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("fact", fact)
            $0.member("value", value)
        }
    }
}
