import WorkCalendar

/// What the signs of a map mean; those that it does not use are left out.
struct MetroLegend {
    let map: MetroMap

    func markup(width: Double) -> (content: [Markup], height: Double) {
        var content: [Markup] = []
        var (x, y) = (0.0, 0.0)
        for (mark, text) in entries {
            let wide = 44 + TextSize.width(of: text, size: 12) + 20
            if x > 0, x + wide > width { (x, y) = (0, y + 32) }
            content.append(
                .tag(
                    "g", ["transform": "translate(\(x.px) \(y.px))"],
                    mark + [.tag("text", ["class": "f-muted label", "x": "44", "y": "20"], text)]))
            x += wide
        }
        return (content, y + 32)
    }

    private var entries: [([Markup], String)] {
        let say = map.language.say
        func line(_ colour: String, _ core: String?, _ width: Double, _ coreWidth: Double) -> [Markup] {
            let strokes = [(colour, width)] + (core.map { [($0, coreWidth)] } ?? [])
            return strokes.map {
                .tag("path", ["class": "none s-\($0.0)", "d": "M2 16H36", "stroke-width": $0.1.px])
            }
        }
        func sign(_ kind: MetroMap.Station.Kind, _ state: WorkState = .notStarted) -> [Markup] {
            MetroStation.sign(kind, isCritical: false, state: state, x: 19, y: 16)
        }
        var entries: [([Markup], String)] = []
        if map.stations.contains(where: \.isCritical) {
            entries.append((line("ink", "red", 8, 5), say("关键线路", "critical")))
        }
        entries.append((line("steel", "ground", 8, 4), say("尚未办理", "ahead")))
        if map.stations.contains(where: { $0.state == .approved }) {
            entries.append((line("slate", nil, 8, 0), say("已办结", "done")))
        }
        if map.stages.contains(where: { $0.number == nil }) {
            entries.append((line("steel", "ground", 5, 2), say("并行推进", "parallel lane")))
        }
        entries.append((sign(.item), say("事项", "item")))
        if map.stations.contains(where: { if case .joint = $0.kind { true } else { false } }) {
            entries.append(
                (sign(.joint(participants: 4)), say("联合事项，数字为参加方", "joint item, with the number of participants")))
        }
        if map.stations.contains(where: { $0.kind == .milestone }) {
            entries.append((sign(.milestone), say("里程碑", "milestone")))
        }
        for state in WorkState.allCases
        where state != .notStarted && map.stations.contains(where: { $0.state == state }) {
            entries.append((sign(.item, state), state.word[map.language]))
        }
        if map.stations.contains(where: \.state.isActive) {
            entries.append(([MetroStation.flag(x: 16, y: 26)], say("正在这里", "you are here")))
        }
        for light in DeadlineLight.allCases where map.stations.contains(where: { $0.light == light }) {
            entries.append((light.mark(x: 19, y: 16), light.word[map.language]))
        }
        return entries
    }
}
