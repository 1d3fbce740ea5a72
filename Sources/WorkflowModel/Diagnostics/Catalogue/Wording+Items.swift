import WorkCalendar

// Single items.
extension Wording {
    static func itemWithoutDepartment(_ id: String) -> Wording {
        Wording(
            .itemWithoutDepartment,
            message: .init(zh: "事项“\(short(id))”没有办理部门", en: "nobody handles the item “\(short(id))”"),
            label: .init(zh: "缺少 department:", en: "department: is missing"),
            hint: .init(
                zh: "写 department: 部门标识；申请人、中介也是部门",
                en: "write department: and its id; the applicant and firms are departments too"))
    }

    static func itemWithoutDuration(_ id: String) -> Wording {
        Wording(
            .itemWithoutDuration,
            message: .init(zh: "没有写事项“\(short(id))”要多久", en: "nothing says how long the item “\(short(id))” takes"),
            label: .init(zh: "缺少 takes:", en: "takes: is missing"),
            hint: .init(
                zh: "写 takes: 1/3/5 wd；不占时间的写 kind: milestone",
                en: "write takes: 1/3/5 wd, or kind: milestone when it takes no time"))
    }

    static func milestoneWithWork(_ key: String) -> Wording {
        Wording(
            .milestoneWithWork,
            message: .init(zh: "里程碑不占时间、无人办理，不写“\(key)”", en: "a milestone takes no time and has no “\(key)”"),
            label: .init(zh: "多余", en: "not for milestones"),
            hint: .init(zh: "删掉它，或换成别的 kind", en: "delete it, or take another kind"))
    }

    static let figureWithoutSource = Wording(
        .figureWithoutSource,
        message: .init(zh: "数字没有来源", en: "the figures have no source"),
        label: .init(zh: "缺少 source:", en: "source: is missing"),
        hint: .init(zh: "写明文件和条款；估计值写 assumed", en: "name the document and clause; write assumed for an estimate"))

    static func commitmentWithoutBasis(_ id: String) -> Wording {
        Wording(
            .commitmentWithoutBasis,
            message: .init(
                zh: "“\(short(id))”实行告知承诺，没有写依据", en: "“\(short(id))” is decided on a promise, but nothing allows it"),
            label: .init(zh: "缺少 basis:", en: "basis: is missing"),
            hint: .init(zh: "写明允许告知承诺的文件", en: "name what allows notice and commitment here"))
    }

    static func chainTooLong(_ count: Int) -> Wording {
        Wording(
            .chainTooLong,
            message: .init(zh: "审批链有 \(count) 个环节，最多三个", en: "the reviewer chain has \(count) links, more than three"),
            label: .init(zh: "超出三个", en: "beyond the third"),
            hint: .init(zh: "承办、审查、审批，其余删掉", en: "keep handler, reviewer and approver"))
    }

    static func reviewerTwiceInARow(_ name: String) -> Wording {
        Wording(
            .reviewerTwiceInARow,
            message: .init(
                zh: "“\(short(name))”接连审两次，等于没有复核", en: "“\(short(name))” follows itself: nobody reviews its work"),
            label: .init(zh: "与前一个相同", en: "the same as the one before"),
            hint: .init(zh: "删掉一个，或换人", en: "delete one, or name somebody else"))
    }

    static func instantTakesDays(_ amount: DayAmount) -> Wording {
        Wording(
            .instantTakesDays,
            message: .init(zh: "即办事项要 \(amount)", en: "an item decided on the spot takes \(amount)"),
            label: .init(zh: "超过一天", en: "more than a day"),
            hint: .init(
                zh: "改成 1 wd 以内，或删掉 handling: instant", en: "make it a day at most, or delete handling: instant"))
    }

    static func deemedWithoutLimit(_ name: String) -> Wording {
        Wording(
            .deemedWithoutLimit,
            message: .init(
                zh: "“\(short(name))”超时视为同意，却没有时限",
                en: "the silence of “\(short(name))” means consent, but after no time"),
            label: .init(zh: "没有 limit 或 statutory", en: "no limit and no statutory"),
            hint: .init(zh: "加上 limit: 5 wd", en: "add limit: 5 wd"))
    }
}
