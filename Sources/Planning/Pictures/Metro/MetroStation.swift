import WorkCalendar

/// The sign of one station with its name below.
struct MetroStation {
    let map: MetroMap
    let station: MetroMap.Station

    func markup(x: Double, y: Double, labelWidth: Double) -> [Markup] {
        var marks = Self.sign(station.kind, isCritical: station.isCritical, state: station.state, x: x, y: y)
        if station.state.isActive { marks.append(Self.flag(x: x, y: y - reach)) }
        var below = y + reach + 15
        for line in label(labelWidth) {
            marks.append(
                .tag(
                    "text",
                    [
                        "class": "f-ink middle\(station.isCritical ? " strong" : "") label", "x": x.px, "y": below.px,
                    ], line))
            below += 15
        }
        let state = map.hasStates && station.lightText == nil && station.state != .notStarted
        let note = state ? station.state.word[map.language] : station.lightText ?? station.note
        if !note.isEmpty {
            let width = TextSize.width(of: note, size: 11)
            let shift = station.light == nil ? 0 : 9.0
            if let light = station.light { marks += light.mark(x: x - width / 2 - 3, y: below - 4) }
            marks.append(
                .tag("text", ["class": "f-muted small figure middle", "x": (x + shift).px, "y": below.px], note))
        }
        return marks
    }

    private func label(_ width: Double) -> [String] {
        TextSize.lines(of: station.title, width: width, size: 12, atMost: map.language == .zh ? 2 : 3)
    }

    /// Pixels from the middle of the sign down to the end of what stands below it.
    func depth(labelWidth: Double) -> Double { reach + 15 * Double(label(labelWidth).count) + 17 }

    private var reach: Double {
        if case .joint = station.kind { return 15 }
        return 9
    }

    /// A ring; a double ring with the number of participants for a joint item; a diamond for a milestone.
    static func sign(
        _ kind: MetroMap.Station.Kind, isCritical: Bool, state: WorkState, x: Double, y: Double
    ) -> [Markup] {
        let isOver = state == .approved
        let ground = isOver ? "f-slate" : "f-ground"
        let line = isOver ? "s-slate" : isCritical ? "s-ink" : "s-steel"
        let dash = state == .notRequired ? "2 3" : nil
        var marks: [Markup]
        switch kind {
        case .milestone:
            marks = [
                .tag(
                    "path",
                    [
                        "class": "\(isCritical && !isOver ? "f-red" : ground) \(line)", "stroke-width": "2.5",
                        "stroke-dasharray": dash, "d": "M\(x.px) \((y - 10).px)l10 10l-10 10l-10 -10z",
                    ])
            ]
        case .item:
            marks = [circle(x, y, 8, "\(ground) \(line)", 3, dash: dash)]
            if isCritical, state == .notStarted { marks.append(circle(x, y, 3.5, "f-red", nil)) }
        case .joint(let participants):
            marks = [
                circle(x, y, 15, "\(ground) \(line)", 3, dash: dash),
                circle(x, y, 10.5, "none \(isOver ? "s-ground" : line)", 1.5),
            ]
            if participants > 0, state == .notStarted {
                marks.append(
                    .tag(
                        "text",
                        ["class": "\(isCritical ? "f-red" : "f-ink") small strong middle", "x": x.px, "y": (y + 4).px],
                        String(participants)))
            }
        }
        return marks + glyph(of: state, x: x, y: y)
    }

    private static func circle(
        _ x: Double, _ y: Double, _ radius: Double, _ classes: String, _ width: Double?, dash: String? = nil
    ) -> Markup {
        .tag(
            "circle",
            [
                "class": classes, "cx": x.px, "cy": y.px, "r": radius.px, "stroke-width": width?.px,
                "stroke-dasharray": dash,
            ])
    }

    /// What happens at the station, without a colour that would be needed to read it.
    private static func glyph(of state: WorkState, x: Double, y: Double) -> [Markup] {
        func stroke(_ path: String, _ colour: String) -> [Markup] {
            [
                .tag(
                    "path",
                    [
                        "class": "none s-\(colour)", "stroke-width": "2.2", "stroke-linecap": "round",
                        "d": "M\(x.px) \(y.px)" + path,
                    ])
            ]
        }
        switch state {
        case .notStarted, .notRequired: return []
        case .approved: return stroke("m-3.5 0l2.5 3l4.5 -5.5", "ground")
        case .ready: return [.tag("path", ["class": "f-blue", "d": "M\(x.px) \(y.px)v-5.5a5.5 5.5 0 0 1 5.5 5.5z"])]
        case .inProgress:
            return [.tag("path", ["class": "f-blue", "d": "M\(x.px) \((y - 5.5).px)a5.5 5.5 0 0 1 0 11z"])]
        case .waiting: return stroke("m-2 -3v6m4 0v-6", "purple")
        case .refused: return stroke("m-3 -3l6 6m0 -6l-6 6", "red")
        case .withdrawn: return stroke("m-3.5 3.5l7 -7", "muted")
        }
    }

    /// You are here: one on every station where something goes on.
    static func flag(x: Double, y: Double) -> Markup {
        .tag(
            "path",
            [
                "class": "f-blue s-blue", "stroke-width": "1.5", "stroke-linejoin": "round",
                "d": "M\(x.px) \(y.px)v-18l12 4.5l-12 4.5",
            ])
    }
}
