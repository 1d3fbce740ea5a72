import WorkCalendar

// Joint items and who takes part.
extension Wording {
    static func jointWithoutLead(_ id: String) -> Wording {
        Wording(
            .jointWithoutLead,
            message: .init(zh: "联合事项“\(short(id))”没有牵头部门", en: "the joint item “\(short(id))” has no lead department"),
            label: .init(zh: "缺少 lead:", en: "lead: is missing"),
            hint: .init(zh: "写 lead: 部门标识，由它汇总意见", en: "write lead: and the department that merges the opinions"))
    }

    static func jointWithoutParticipants(_ id: String) -> Wording {
        Wording(
            .jointWithoutParticipants,
            message: .init(zh: "联合事项“\(short(id))”没有配合部门", en: "the joint item “\(short(id))” has no participants"),
            label: .init(zh: "没有参与者", en: "nobody takes part"),
            hint: .init(
                zh: "写 participants:，或改成单独的事项（kind:）", en: "write participants:, or make it a single item with kind:"))
    }

    static func unreadablePassRule(_ text: String) -> Wording {
        Wording(
            .unreadablePassRule,
            message: .init(zh: "“\(short(text))”不是通过规则", en: "“\(short(text))” is no rule for passing"),
            label: .init(zh: "应为 all、any 或 k of n", en: "should be all, any or k of n"),
            hint: .init(zh: "例如 passes: 2 of 3", en: "such as passes: 2 of 3"))
    }

    static func impossiblePassRule(_ rule: PassRule, participants: Int) -> Wording {
        Wording(
            .impossiblePassRule,
            message: .init(
                zh: "“\(rule)”不成立：配合部门有 \(participants) 个",
                en: "“\(rule)” cannot be: there are \(participants) participants"),
            label: .init(zh: "投票达不到", en: "no vote can reach this"),
            hint: .init(
                zh: "k 在 1 到 \(participants) 之间，n 为 \(participants)；全部通过写 all",
                en: "let k be 1 to \(participants) and n be \(participants); write all when all must pass"))
    }

    static func passRuleMayBeMissed(needed: Int, certain: Int) -> Wording {
        Wording(
            .passRuleMayBeMissed,
            message: .init(
                zh: "要 \(needed) 个通过，但只有 \(certain) 个配合部门总是参加",
                en: "\(needed) have to pass, but only \(certain) participants are always there"),
            label: .init(zh: "有的项目达不到，会改为全部通过", en: "some projects have fewer: then all of them have to pass"),
            hint: .init(zh: "减少 k，或去掉某个配合部门的 when", en: "ask for fewer, or drop a participant's when"))
    }

    static func participantNamedLikePhase(_ id: String) -> Wording {
        Wording(
            .participantNamedLikePhase,
            message: .init(zh: "“\(short(id))”是联合事项环节的名字", en: "“\(short(id))” is the name of a phase"),
            label: .init(zh: "配合部门不能叫这个", en: "no participant can be called this"),
            hint: .init(
                zh: "换一个标识；admission、session、merge、conclusion、rectification-1、recheck-1 已被占用",
                en: "take another id; admission, session, merge, conclusion, rectification-1 and recheck-1 are taken"))
    }

    static func onlyForJointItems(_ key: String) -> Wording {
        Wording(
            .onlyForJointItems,
            message: .init(zh: "只有联合事项才有“\(key)”", en: "only a joint item has “\(key)”"),
            label: .init(zh: "这不是联合事项", en: "this is no joint item"),
            hint: .init(
                zh: "把 kind: 换成 joint:，或删掉“\(key)”", en: "write joint: in place of kind:, or delete “\(key)”"))
    }

    static func notForJointItems(_ key: String, instead: String) -> Wording {
        Wording(
            .notForJointItems,
            message: .init(zh: "联合事项不写“\(key)”", en: "a joint item does not have “\(key)”"),
            label: .init(zh: "这是联合事项", en: "this is a joint item"),
            hint: .init(zh: "改写“\(instead)”", en: "write “\(instead)” instead"))
    }

    static let kindAndJoint = Wording(
        .kindAndJoint,
        message: .init(zh: "同时写了 kind 和 joint", en: "both kind and joint are written"),
        label: .init(zh: "两者只能有一个", en: "only one of the two"),
        hint: .init(zh: "联合事项写 joint，其余写 kind", en: "joint for a joint item, kind for any other"))

    static let neitherKindNorJoint = Wording(
        .neitherKindNorJoint,
        message: .init(zh: "没有写是哪种事项", en: "nothing says what kind of item this is"),
        label: .init(zh: "缺少 kind: 或 joint:", en: "kind: or joint: is missing"),
        hint: .init(zh: "例如 kind: approval", en: "such as kind: approval"))

    static func chanceOutOfRange(_ text: String) -> Wording {
        Wording(
            .chanceOutOfRange,
            message: .init(
                zh: "概率“\(short(text))”不在 0 到 1 之间", en: "the chance “\(short(text))” is not between 0 and 1"),
            label: .init(zh: "应为 0 到 1", en: "should be 0 to 1"),
            hint: .init(zh: "百分之四十写 0.4", en: "write 40 % as 0.4"))
    }

    static func roundsOutOfRange(_ text: String) -> Wording {
        Wording(
            .roundsOutOfRange,
            message: .init(
                zh: "整改轮次“\(short(text))”不在 1 到 5 之间", en: "“\(short(text))” rounds are not between 1 and 5"),
            label: .init(zh: "应为 1 到 5", en: "should be 1 to 5"),
            hint: .init(zh: "通常 1 或 2 轮；没有整改就删掉 rectification", en: "usually 1 or 2; without any delete rectification"))
    }

    static func deemedConsentOnSafety(_ name: String) -> Wording {
        Wording(
            .deemedConsentOnSafety,
            message: .init(
                zh: "“\(short(name))”涉及消防、结构或人防安全，沉默不能视为同意",
                en: "“\(short(name))” is about fire, structure or civil defence: silence cannot mean consent"),
            label: .init(zh: "不允许", en: "not allowed here"),
            hint: .init(zh: "写 silence: never-deemed 或 escalate", en: "write silence: never-deemed or escalate"))
    }

    static func participantWithoutDuration(_ id: String) -> Wording {
        Wording(
            .participantWithoutDuration,
            message: .init(zh: "没有写“\(short(id))”要多久", en: "nothing says how long “\(short(id))” takes"),
            label: .init(zh: "缺少 takes:", en: "takes: is missing"),
            hint: .init(
                zh: "给它写 takes: 5/5/10 wd；共同进行时，给联合事项写一个 takes",
                en: "write takes: 5/5/10 wd, or one takes for the joint item when all act together"))
    }

    static func participantInSessionWithDuration(_ id: String) -> Wording {
        Wording(
            .participantInSessionWithDuration,
            message: .init(
                zh: "联合事项已经有共同的时长，“\(short(id))”不能再有自己的",
                en: "the joint item has one duration for all, so “\(short(id))” cannot have its own"),
            label: .init(zh: "第二个时长", en: "a second duration"),
            hint: .init(zh: "两处只留一处", en: "keep one of the two"))
    }

    static func everyParticipantConditional(_ id: String) -> Wording {
        Wording(
            .everyParticipantConditional,
            message: .init(
                zh: "“\(short(id))”的配合部门都带条件，没有人参加的项目会整个略去这个事项",
                en: "every participant of “\(short(id))” is conditional: a project with none goes without the item"),
            label: .init(zh: "都带 when", en: "all have a when"),
            hint: .init(zh: "给联合事项本身写 when", en: "give the joint item itself a when"))
    }

    static let recheckWithoutRectification = Wording(
        .recheckWithoutRectification,
        message: .init(zh: "复验没有写在整改里", en: "a recheck stands outside rectification"),
        label: .init(zh: "先有整改才有复验", en: "what is rechecked has to be put right first"),
        hint: .init(
            zh: "写成 rectification: {applicant: 3/10/30 wd, recheck: 1/2/3 wd failed-only, chance: 0.4, rounds: 2}",
            en: "write rectification: {applicant: 3/10/30 wd, recheck: 1/2/3 wd failed-only, chance: 0.4, rounds: 2}"))
}
