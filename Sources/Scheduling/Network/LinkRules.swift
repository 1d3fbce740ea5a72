/// The rules of a network's links, each different one kept once.
struct LinkRules: Sendable {
    /// Link → index into `rules`. Empty when every relation is FS without lag.
    let ruleOfLink: [Int32]
    let rules: [LinkRule]

    init(of table: RelationTable, links: [Int32], activities: [Activity], elapsed: Int) {
        guard !table.isPlain else {
            ruleOfLink = []
            rules = []
            return
        }
        var rules: [LinkRule] = []
        var known: [LinkRule: Int32] = [:]
        ruleOfLink = links.map { relation in
            let rule = LinkRule(
                table.terms(of: Int(relation)),
                predecessorCalendar: activities[Int(table.predecessors[Int(relation)])].calendar,
                successorCalendar: activities[Int(table.successors[Int(relation)])].calendar, elapsedCalendar: elapsed)
            if let index = known[rule] { return index }
            known[rule] = Int32(rules.count)
            rules.append(rule)
            return Int32(rules.count - 1)
        }
        self.rules = rules
    }

    var isEmpty: Bool { ruleOfLink.isEmpty }

    subscript(link: Int) -> LinkRule { rules[Int(ruleOfLink[link])] }

    /// Minutes of lag of all links together, whatever their signs.
    var totalLag: Int { map { abs($0.lag) }.reduce(0, +) }

    /// Something made once of every rule, for each link.
    func map<Value>(_ make: (LinkRule) -> Value) -> [Value] {
        let made = rules.map(make)
        return ruleOfLink.map { made[Int($0)] }
    }
}
