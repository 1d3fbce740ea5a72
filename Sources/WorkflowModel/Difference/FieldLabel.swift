import WorkCalendar

/// What people call the fields of a definition (字段名称).
///
/// A field that stands in no list is called by its key, as it is written in a file.
enum FieldLabel {
    static func title(of field: String) -> LocalizedText {
        guard let (zh, en) = titles[field] else { return same(field) }
        return LocalizedText(zh: zh, en: en)
    }

    private static let titles: [String: (String, String)] = [
        "admission": ("受理用时", "time to admit"), "admittedBy": ("受理部门", "who admits"),
        "applicant": ("申请人用时", "applicant's time"), "appliesWhen": ("适用条件", "condition of use"),
        "basis": ("依据", "basis"), "budget": ("阶段时限", "budget"), "calendar": ("工作日历", "calendar"),
        "chain": ("审批环节", "reviewer chain"), "chance": ("可能性", "chance"), "clock": ("计时", "clock"),
        "closes": ("办结规则", "closing rule"), "code": ("事项编码", "code"), "conclusion": ("结论用时", "time to conclude"),
        "correction": ("补正", "correction"), "cost": ("成本", "cost"), "counts": ("计入", "counts"),
        "defaultValue": ("默认值", "default"), "department": ("部门", "department"), "distribution": ("分布", "distribution"),
        "effects": ("效果", "effects"), "excludes": ("互斥", "excludes"), "failedOnly": ("只复核未通过的", "failed only"),
        "from": ("起点", "from"), "id": ("编号", "id"), "handling": ("办理方式", "handling"),
        "isMilestoneItem": ("里程碑事项", "milestone item"),
        "isMinor": ("可容缺", "may follow"), "item": ("事项", "item"), "joint": ("联合办理", "joint procedure"),
        "kind": ("类型", "kind"), "lag": ("间隔", "lag"), "lead": ("牵头部门", "lead department"),
        "likely": ("可能用时", "likely"), "limit": ("承诺时限", "promised limit"),
        "longestExtension": ("最长延长", "longest extension"), "materials": ("材料", "materials"),
        "max": ("最长用时", "longest"), "measure": ("计量", "measure"), "merge": ("合并意见用时", "time to merge"),
        "min": ("最短用时", "shortest"), "national": ("国家阶段", "national stage"), "outputs": ("产出", "outputs"),
        "owner": ("归属", "owner"), "participants": ("参与方", "participants"), "passes": ("通过规则", "pass rule"),
        "procedure": ("特别程序", "procedure"), "processType": ("流程类型", "process type"), "recheck": ("复核用时", "recheck"),
        "rectification": ("整改", "rectification"), "requires": ("前提", "requires"), "rounds": ("轮次", "rounds"),
        "shared": ("共享数据", "register"), "silence": ("不答复的后果", "silence"), "simulation": ("推演设定", "simulation"),
        "source": ("来源", "source"),
        "special": ("特别程序", "special procedure"), "stage": ("阶段", "stage"), "statutory": ("法定时限", "statutory limit"),
        "takes": ("用时", "duration"), "teams": ("审查组", "teams"), "title": ("名称", "title"), "to": ("终点", "to"),
        "tolerance": ("容缺期限", "tolerance"), "type": ("关系", "relation"), "unit": ("单位", "unit"),
        "validFor": ("有效期", "validity"), "values": ("取值", "values"), "version": ("版本", "version"),
        "when": ("条件", "condition"),
    ]
}
