/// What an owner promised and did not keep (失信行为).
public enum BreachKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 容缺承诺未履行
    case tolerance
    /// 告知承诺不实
    case commitment
    /// 中介机构未按承诺的服务时间完成: the firm's own breach, not the owner's.
    case lateService
    /// Anything else that a supervisor records.
    case other
}
