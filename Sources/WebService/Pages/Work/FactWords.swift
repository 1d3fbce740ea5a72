import WorkCalendar

/// What the values of facts are called (项目属性取值): the words of the national classification, which workflow files name
/// by an id. A value that is not among them is shown as it stands in the file.
enum FactWords {
    static func title(of value: String, in fact: String) -> LocalizedText {
        words[fact]?[value] ?? LocalizedText(zh: value, en: value)
    }

    private static let words: [String: [String: LocalizedText]] = [
        "projectClass": [
            "building": LocalizedText(zh: "房屋建筑", en: "Building"),
            "municipal": LocalizedText(zh: "市政基础设施", en: "Municipal works"),
            "linear": LocalizedText(zh: "线性工程", en: "Linear works"),
            "industrial": LocalizedText(zh: "工业项目", en: "Industrial"),
            "techUpgrade": LocalizedText(zh: "技术改造", en: "Technical upgrade"),
            "other": LocalizedText(zh: "其他", en: "Other"),
        ],
        "investment": [
            "government": LocalizedText(zh: "政府投资", en: "Government"),
            "social": LocalizedText(zh: "社会投资", en: "Private"),
            "mixed": LocalizedText(zh: "混合投资", en: "Mixed"),
        ],
        "size": [
            "small": LocalizedText(zh: "小型", en: "Small"), "general": LocalizedText(zh: "一般", en: "General"),
        ],
        "eia": [
            "report": LocalizedText(zh: "环境影响报告书", en: "Full report"),
            "form": LocalizedText(zh: "环境影响报告表", en: "Report form"),
            "registration": LocalizedText(zh: "登记表（备案）", en: "Registration form"),
            "none": LocalizedText(zh: "不需要环评", en: "None"),
        ],
        "landSupply": [
            "grant": LocalizedText(zh: "出让", en: "Grant"), "allocation": LocalizedText(zh: "划拨", en: "Allocation"),
            "existing": LocalizedText(zh: "自有用地", en: "Land already held"),
            "none": LocalizedText(zh: "不新供地", en: "None"),
        ],
        "projectEntry": [
            "approval": LocalizedText(zh: "审批制", en: "Approval"),
            "verification": LocalizedText(zh: "核准制", en: "Verification"),
            "filing": LocalizedText(zh: "备案制", en: "Filing"),
        ],
    ]
}
