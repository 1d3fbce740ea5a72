import WorkCalendar
import WorkflowModel

/// Where the parts of a workflow lie in a BPMN diagram (图形布局): a column a step, a lane a department.
struct ProcessDrawing {
    struct Box: Hashable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    struct Node {
        enum Kind { case start, end, fork, join, item(Item) }
        var id: String
        var kind: Kind
        var lane: String
        var column: Int
        var box = Box(x: 0, y: 0, width: 0, height: 0)
    }

    struct Lane {
        var id: String
        var title: String
        var box = Box(x: 0, y: 0, width: 0, height: 0)
    }

    struct Flow {
        var id: String
        var from: Node
        var to: Node
        var points: [(x: Int, y: Int)]
    }

    private(set) var nodes: [Node] = []
    private(set) var lanes: [Lane] = []
    private(set) var flows: [Flow] = []
    private(set) var pool = Box(x: 160, y: 80, width: 0, height: 0)
    private var ends: [(from: String, to: String)] = []

    private static let task = (width: 140, height: 80)
    private static let pitch = (x: 200, y: 110)

    init(_ workflow: WorkflowDefinition, _ language: Language) {
        addNodes(workflow, language)
        layOut()
        let byID = Dictionary(nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        flows = ends.enumerated().compactMap { number, end in
            guard let from = byID[end.from], let to = byID[end.to] else { return nil }
            let start = (x: from.box.x + from.box.width, y: from.box.y + from.box.height / 2)
            let finish = (x: to.box.x, y: to.box.y + to.box.height / 2)
            let middle = max(start.x + 12, finish.x - 30)
            let points =
                start.y == finish.y
                ? [start, finish] : [start, (x: middle, y: start.y), (x: middle, y: finish.y), finish]
            return Flow(id: "flow-\(number + 1)", from: from, to: to, points: points)
        }
    }

    // MARK: Nodes and flows

    private mutating func addNodes(_ workflow: WorkflowDefinition, _ language: Language) {
        let items = workflow.items
        let known = Set(items.map(\.id))
        // A dependency on a phase is one on its item here.
        let before = items.map { item in
            var seen: Set<String> = []
            return item.after.map(\.item).filter { known.contains($0) && seen.insert($0).inserted }
        }
        var after: [String: [String]] = [:]
        for (item, names) in zip(items, before) { for name in names { after[name, default: []].append(item.id) } }
        let columns = Self.columns(items.map(\.id), before)
        func lane(_ item: Item) -> String { "lane-\(item.department ?? "milestones")" }
        for (number, item) in items.enumerated() {
            let own = lane(item)
            let column = 1 + 3 * columns[number]
            if before[number].count > 1 {
                nodes.append(Node(id: "join-\(item.id)", kind: .join, lane: own, column: column - 1))
                ends.append((from: "join-\(item.id)", to: "item-\(item.id)"))
            }
            nodes.append(Node(id: "item-\(item.id)", kind: .item(item), lane: own, column: column))
            if (after[item.id] ?? []).count > 1 {
                nodes.append(Node(id: "fork-\(item.id)", kind: .fork, lane: own, column: column + 1))
                ends.append((from: "item-\(item.id)", to: "fork-\(item.id)"))
            }
        }
        func tail(_ id: String) -> String { (after[id] ?? []).count > 1 ? "fork-\(id)" : "item-\(id)" }
        for (item, names) in zip(items, before) {
            for name in names {
                ends.append((from: tail(name), to: names.count > 1 ? "join-\(item.id)" : "item-\(item.id)"))
            }
        }
        connectEnds(items, before, after, lane)
        var titles: [(String, String)] = workflow.departments.map { ("lane-\($0.id)", $0.title[language]) }
        titles.insert(("lane-milestones", LocalizedText(zh: "里程碑", en: "Milestones")[language]), at: 0)
        let used = Set(nodes.map(\.lane))
        lanes = titles.filter { used.contains($0.0) }.map { Lane(id: $0.0, title: $0.1) }
    }

    private mutating func connectEnds(
        _ items: [Item], _ before: [[String]], _ after: [String: [String]], _ lane: (Item) -> String
    ) {
        let roots = zip(items, before).filter { $0.1.isEmpty }.map(\.0)
        let leaves = items.filter { (after[$0.id] ?? []).isEmpty }
        guard let first = roots.first, let last = leaves.last else { return }
        let most = (nodes.map(\.column).max() ?? 0) + 2
        nodes.insert(Node(id: "start", kind: .start, lane: lane(first), column: -1), at: 0)
        if roots.count > 1 {
            nodes.append(Node(id: "fork-start", kind: .fork, lane: lane(first), column: 0))
            ends.append((from: "start", to: "fork-start"))
        }
        for root in roots { ends.append((from: roots.count > 1 ? "fork-start" : "start", to: "item-\(root.id)")) }
        nodes.append(Node(id: "end", kind: .end, lane: lane(last), column: most))
        if leaves.count > 1 {
            nodes.append(Node(id: "join-end", kind: .join, lane: lane(last), column: most - 1))
            ends.append((from: "join-end", to: "end"))
        }
        for leaf in leaves { ends.append((from: "item-\(leaf.id)", to: leaves.count > 1 ? "join-end" : "end")) }
    }

    /// How many items lead to each one, on the longest way; what lies on a cycle keeps what it had when it was reached.
    private static func columns(_ ids: [String], _ before: [[String]]) -> [Int] {
        let position = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var waiting = before.map(\.count)
        var after = [[Int]](repeating: [], count: ids.count)
        for (number, names) in before.enumerated() {
            for name in names { if let place = position[name] { after[place].append(number) } }
        }
        var columns = [Int](repeating: 0, count: ids.count)
        var ready = ids.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            let number = ready[next]
            next += 1
            for later in after[number] {
                columns[later] = max(columns[later], columns[number] + 1)
                waiting[later] -= 1
                if waiting[later] == 0 { ready.append(later) }
            }
        }
        return columns
    }

    // MARK: Places

    private mutating func layOut() {
        // Columns that hold items are as wide as a task, others as a gateway.
        let used = Set(nodes.map(\.column)).sorted()
        var left: [Int: Int] = [:]
        var x = pool.x + 60
        for column in used {
            left[column] = x
            let isWide = nodes.contains { node in
                guard node.column == column, case .item = node.kind else { return false }
                return true
            }
            x += isWide ? Self.pitch.x : 90
        }
        pool.width = x - pool.x + 20
        var y = pool.y
        for number in lanes.indices {
            var rows: [Int: Int] = [:]
            let own = nodes.indices.filter { nodes[$0].lane == lanes[number].id }
            for index in own {
                let row = rows[nodes[index].column, default: 0]
                rows[nodes[index].column] = row + 1
                nodes[index].box = Self.box(
                    nodes[index].kind, x: left[nodes[index].column] ?? x, y: y + row * Self.pitch.y)
            }
            let height = max(1, rows.values.max() ?? 1) * Self.pitch.y + 10
            lanes[number].box = Box(x: pool.x + 30, y: y, width: pool.width - 30, height: height)
            y += height
        }
        pool.height = y - pool.y
    }

    private static func box(_ kind: Node.Kind, x: Int, y: Int) -> Box {
        let middle = y + pitch.y / 2 + 5
        switch kind {
        case .start, .end: return Box(x: x, y: middle - 18, width: 36, height: 36)
        case .fork, .join: return Box(x: x, y: middle - 25, width: 50, height: 50)
        case .item(let item) where item.kind == .milestone:
            return Box(x: x + task.width / 2 - 18, y: middle - 18, width: 36, height: 36)
        case .item: return Box(x: x, y: middle - task.height / 2, width: task.width, height: task.height)
        }
    }
}
