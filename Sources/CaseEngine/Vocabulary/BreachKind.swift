/// What an owner promised and did not keep (失信行为).
public enum BreachKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 容缺承诺未履行
    case tolerance
    /// 告知承诺不实
    case commitment
    /// Anything else that a supervisor records.
    case other
}
