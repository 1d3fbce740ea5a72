import WorkCalendar
import WorkflowModel

extension MetroMap {
    /// The whole map as one drawing.
    public var picture: Picture { MetroPicture(map: self).picture }
}

/// Draws one line below the other, each going on where the one above it ends.
private struct MetroPicture {
    let map: MetroMap
    let lines: [Line]

    private static let margin = 24.0
    private static let columnWidth = 150.0
    private static let headHeight = 62.0
    private static let labelWidth = 136.0
    /// Of the rings with which the lines begin.
    private static let ringX = margin + 20
    private static let top = 92.0

    struct Line {
        let stage: MetroMap.Stage
        let stations: [MetroMap.Station]
        let layout: MetroLayout
        /// Of its tracks, and where the line's room ends.
        let tracks: [Double]
        let bottom: Double

        var y: Double { tracks[0] }
    }

    init(map: MetroMap) {
        self.map = map
        let needed = Set(map.stations.flatMap { station in station.after.map { [$0, station.stage] } })
        let stageOf = Dictionary(map.stations.map { ($0.id, $0.stage) }) { first, _ in first }
        let waitedForElsewhere = Set(needed.filter { stageOf[$0[0]] != $0[1] }.map { $0[0] })
        var y = Self.top
        var lines: [Line] = []
        for stage in map.stages {
            let stations = map.stations.filter { $0.stage == stage.id }
            let layout = MetroLayout(stations) { waitedForElsewhere.contains($0) }
            var tracks = [y + Self.headHeight]
            for track in 0..<layout.tracks {
                let own = stations.filter { layout.places[$0.id]?.track == track }
                let heights = own.map { MetroStation(map: map, station: $0).depth(labelWidth: Self.labelWidth) }
                tracks.append(tracks[track] + (heights.max() ?? 40) + (map.hasStates ? 38 : 22))
            }
            y = tracks.removeLast() + (layout.hidden.isEmpty ? 4 : 22)
            lines.append(Line(stage: stage, stations: stations, layout: layout, tracks: tracks, bottom: y))
        }
        self.lines = lines
    }

    private var bottom: Double { lines.last?.bottom ?? Self.top }
    private var width: Double {
        let columns = lines.map(\.layout.columns).max() ?? 0
        let heads = lines.map {
            TextSize.width(of: title($0.stage), size: 15) + TextSize.width(of: note($0.stage)) + 90
        }
        let subtitle = min(1100, TextSize.width(of: map.subtitle) + 2 * Self.margin)
        return max(
            560, subtitle, (heads.max() ?? 0) + 2 * Self.margin,
            Self.x(column: columns - 1) + Self.columnWidth * 0.62 + Self.margin)
    }

    private static func x(column: Int) -> Double { ringX + 130 + Double(column) * columnWidth }
    private func end(of line: Line) -> Double { Self.x(column: line.layout.columns - 1) + Self.columnWidth / 2 }
    private func y(_ track: Int, _ line: Line) -> Double { line.tracks[track] }

    var picture: Picture {
        let legend = MetroLegend(map: map).markup(width: width - 2 * Self.margin)
        let content =
            [
                Markup.tag("text", ["class": "f-ink title", "x": Self.margin.px, "y": "44"], fitted(map.title, 20)),
                .tag("text", ["class": "f-muted", "x": Self.margin.px, "y": "68"], fitted(map.subtitle, 13)),
            ] + tracks + lines.map(stations)
            + [.tag("g", ["transform": "translate(\(Self.margin.px) \((bottom + 10).px))"], legend.content)]
        return Picture(
            title: map.title, summary: map.summary, language: map.language, width: width,
            height: bottom + 10 + legend.height + Self.margin - 8, content: content)
    }

    private func fitted(_ text: String, _ size: Double) -> String {
        TextSize.line(of: text, width: width - 2 * Self.margin, size: size)
    }

    // MARK: Tracks

    private enum Look: Int, CaseIterable { case lane, ahead, done, critical }

    /// All tracks: the wide strokes of one look below its cores, the critical ones on top.
    private var tracks: [Markup] {
        var paths: [Look: String] = [:]
        for (number, line) in lines.enumerated() {
            let isLane = line.stage.number == nil
            for leg in line.layout.legs {
                let look: Look = leg.isDone ? .done : leg.isCritical ? .critical : isLane ? .lane : .ahead
                paths[look, default: ""] += path(leg, line)
            }
            if number + 1 < lines.count, !isLane, lines[number + 1].stage.number != nil {
                let last = line.layout.legs.filter { $0.to == nil }
                let isDone = !last.isEmpty && last.allSatisfy(\.isDone)
                let isCritical = last.contains(where: \.isCritical)
                paths[isDone ? .done : isCritical ? .critical : .ahead, default: ""] += onward(line, lines[number + 1])
            }
        }
        let transfers = lines.flatMap { line in
            line.layout.transfers.compactMap { transfer(from: $0[0], to: $0[1], line) }
        }
        var marks: [Markup] = []
        if !transfers.isEmpty {
            marks.append(
                .tag(
                    "path",
                    [
                        "class": "none s-float", "d": transfers.joined(), "stroke-width": "1.5",
                        "stroke-dasharray": "2 3",
                    ]))
        }
        for look in Look.allCases {
            guard let path = paths[look] else { continue }
            let (wide, core) = Self.strokes(look)
            for (colour, width) in [wide, core].compactMap(\.self) {
                marks.append(
                    .tag(
                        "path",
                        [
                            "class": "none s-\(colour)", "d": path, "stroke-width": width.px,
                            "stroke-linejoin": "round",
                        ]))
            }
        }
        return marks
    }

    private static func strokes(_ look: Look) -> (wide: (String, Double), core: (String, Double)?) {
        switch look {
        case .lane: (("steel", 5), ("ground", 2))
        case .ahead: (("steel", 8), ("ground", 4))
        case .done: (("slate", 8), nil)
        case .critical: (("ink", 8), ("red", 5))
        }
    }

    /// Along the track of the station that it leaves, over in the gap behind it, and along its own; rounded.
    private func path(_ leg: MetroLayout.Leg, _ line: Line) -> String {
        let own = y(leg.track, line)
        let from = leg.from.flatMap { line.layout.places[$0] }
        let to = leg.to.flatMap { line.layout.places[$0] }
        let (x0, y0) = from.map { (Self.x(column: $0.column), y($0.track, line)) } ?? (Self.ringX, line.y)
        let (x1, y1) = to.map { (Self.x(column: $0.column), y($0.track, line)) } ?? (end(of: line), line.y)
        let fork = from == nil ? Self.ringX + 46 : x0 + Self.columnWidth / 2
        let join = to == nil ? end(of: line) - 12 : x1 - Self.columnWidth / 2
        var path = "M\(x0.px) \(y0.px)"
        if y0 != own { path += Self.step(at: fork, from: y0, to: own) }
        if y1 != own { path += Self.step(at: join, from: own, to: y1) }
        return path + "H\(x1.px)"
    }

    /// Over to a line, and up or down to another height, with round corners.
    private static func step(at x: Double, from: Double, to: Double) -> String {
        let turn = to > from ? 12.0 : -12.0
        return "H\((x - 12).px)q12 0 12 \(turn.px)V\((to - turn).px)q0 \(turn.px) 12 \(turn.px)"
    }

    /// From the end of a line back to the head of the next.
    private func onward(_ line: Line, _ next: Line) -> String {
        let gap = line.bottom - 10
        let x = end(of: line)
        return
            "M\(x.px) \(line.y.px)q14 0 14 14V\((gap - 14).px)q0 14 -14 14H\((Self.ringX + 14).px)q-14 0 -14 14V\(next.y.px)"
    }

    private func transfer(from: String, to: String, _ line: Line) -> String? {
        guard let a = line.layout.places[from], let b = line.layout.places[to] else { return nil }
        let (x0, y0, x1, y1) = (Self.x(column: a.column), y(a.track, line), Self.x(column: b.column), y(b.track, line))
        let bend = a.track == b.track ? -26.0 : 0
        return
            "M\(x0.px) \(y0.px)C\((x0 + 60).px) \((y0 + bend).px) \((x1 - 60).px) \((y1 + bend).px) \(x1.px) \(y1.px)"
    }

    // MARK: Stations

    private func note(_ stage: MetroMap.Stage) -> String {
        TextSize.line(of: stage.notes.joined(separator: " · "), width: 600, size: 12)
    }

    private func title(_ stage: MetroMap.Stage) -> String { TextSize.line(of: stage.title, width: 600, size: 15) }

    private func stations(_ line: Line) -> Markup {
        let isLane = line.stage.number == nil
        let titleX = Self.ringX + 32
        let noteX = titleX + TextSize.width(of: title(line.stage), size: 15) + 14
        var marks: [Markup] = [
            .tag("text", ["class": "f-ink large", "x": titleX.px, "y": (line.y - 30).px], title(line.stage)),
            .tag(
                "text", ["class": "f-muted figure label", "x": noteX.px, "y": (line.y - 30).px],
                note(line.stage)),
            .tag(
                "circle",
                [
                    "class": "f-ground s-ink", "cx": Self.ringX.px, "cy": line.y.px, "r": isLane ? "11" : "18",
                    "stroke-width": isLane ? "2" : "4",
                ]),
        ]
        if let number = line.stage.number {
            marks.append(
                .tag(
                    "circle",
                    ["class": "none s-ink", "cx": Self.ringX.px, "cy": line.y.px, "r": "12.5", "stroke-width": "1.5"]))
            marks.append(
                .tag(
                    "text", ["class": "f-ink strong middle", "x": Self.ringX.px, "y": (line.y + 5).px], String(number)))
        } else {
            let x = Self.ringX
            marks.append(
                .tag(
                    "path",
                    ["class": "none s-ink", "stroke-width": "2", "d": "M\((x - 3).px) \((line.y - 5).px)v10m6 0v-10"]))
        }
        for station in line.stations {
            guard let place = line.layout.places[station.id] else { continue }
            let sign = MetroStation(map: map, station: station).markup(
                x: Self.x(column: place.column), y: y(place.track, line), labelWidth: Self.labelWidth)
            // Of use to the mouse only: the list beside the drawing has the same links in words.
            marks += station.link.map { [.tag("a", ["href": $0, "tabindex": "-1"], sign)] } ?? sign
        }
        if !line.layout.hidden.isEmpty {
            let count = line.layout.hidden.count
            marks.append(
                .tag(
                    "text",
                    [
                        "class": "f-muted strong label", "x": (Self.ringX + 64).px,
                        "y": (line.bottom - 18).px,
                    ], map.language.say("另有 \(count) 项并行", "\(count) more in parallel")))
        }
        return .tag("g", [:], marks)
    }
}
