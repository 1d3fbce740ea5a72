import WorkCalendar

/// The items of a case by their places in the plan (各事项状态).
///
/// Each one lies in storage of its own from the first thing that happens to it, which copies of the case share until it
/// changes: copying a case costs a reference an item, a change to an item copies that one only, and an item whose turn
/// has not come takes no room.
public struct ItemStates: RandomAccessCollection, Hashable, Sendable {
    private let ids: [String]
    /// `nil` for an item to which nothing has happened.
    private var cells: [Cell?]
    /// What is read of items most often, side by side.
    private(set) var marks: [Marks]

    /// How far an item has come.
    struct Marks: Hashable, Sendable {
        let status: ItemStatus
        let readyFrom: LocalDate?
        let startedOn: LocalDate?
        let finishedOn: LocalDate?

        init(_ item: ItemState) {
            status = item.status
            readyFrom = item.readyFrom
            startedOn = item.startedOn
            finishedOn = item.finishedOn
        }
    }

    init() { self.init(ids: []) }

    /// Items to which nothing has happened.
    init(ids: [String]) {
        self.ids = ids
        cells = Array(repeating: nil, count: ids.count)
        marks = Array(repeating: Marks(ItemState(id: "")), count: ids.count)
    }

    init(_ items: some Sequence<ItemState>) {
        let items = Array(items)
        ids = items.map(\.id)
        cells = items.map { Cell($0) }
        marks = items.map { Marks($0) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { cells.count }

    public internal(set) subscript(position: Int) -> ItemState {
        // The item itself and no copy of it: it is large, and nearly always one date of it is wanted. One yield for both
        // cases: with two of them Swift 6.3 handed out memory that it had emptied.
        _read {
            let cell = cells[position] ?? Cell(ItemState(id: ids[position]))
            yield cell.item
        }
        _modify {
            let cell: Cell
            if isKnownUniquelyReferenced(&cells[position]), let own = cells[position] {
                cell = own
            } else {
                cell = Cell(self[position])
                cells[position] = cell
            }
            defer { marks[position] = Marks(cell.item) }
            yield &cell.item
        }
    }

    public static func == (a: ItemStates, b: ItemStates) -> Bool {
        // The marks follow from the items.
        a.marks == b.marks
            && a.indices.allSatisfy { position in
                if let cell = a.cells[position], cell === b.cells[position] { return true }
                return a[position] == b[position]
            }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for item in self { hasher.combine(item) }
    }
}

/// One item in memory of its own.
///
/// It is safe to send: what it holds changes only through ``ItemStates``, which first makes sure that nobody else refers
/// to the cell, so that whoever shares it sees a value that stays as it is. For the same reason nobody reads it while it
/// changes, and that need not be looked for at run time.
private final class Cell: @unchecked Sendable {
    @exclusivity(unchecked)
    var item: ItemState

    init(_ item: ItemState) { self.item = item }
}
