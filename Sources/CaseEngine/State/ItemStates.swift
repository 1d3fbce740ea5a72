import WorkCalendar

/// The items of a case by their places in the plan (各事项状态).
///
/// Each one lies in storage of its own, which copies of the case share until it changes: copying a case costs a
/// reference an item, and a change to an item copies that one only.
public struct ItemStates: RandomAccessCollection, Hashable, Sendable {
    private var cells: [Cell]
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

    init() {
        cells = []
        marks = []
    }

    init(_ items: some Sequence<ItemState>) {
        cells = items.map { Cell($0) }
        marks = cells.map { Marks($0.item.pointee) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { cells.count }

    public internal(set) subscript(position: Int) -> ItemState {
        // The item itself and no copy of it: it is large, and nearly always one date of it is wanted.
        _read { yield cells[position].item.pointee }
        _modify {
            if !isKnownUniquelyReferenced(&cells[position]) { cells[position] = Cell(cells[position].item.pointee) }
            defer { marks[position] = Marks(cells[position].item.pointee) }
            yield &cells[position].item.pointee
        }
    }

    public static func == (a: ItemStates, b: ItemStates) -> Bool {
        // The marks follow from the items.
        a.marks == b.marks
            && a.cells.elementsEqual(b.cells) { $0 === $1 || $0.item.pointee == $1.item.pointee }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(cells.count)
        for cell in cells { hasher.combine(cell.item.pointee) }
    }
}

/// One item in memory of its own.
///
/// It is safe to send: what it holds changes only through ``ItemStates``, which first makes sure that nobody else refers
/// to the cell, so that whoever shares it sees a value that stays as it is.
private final class Cell: @unchecked Sendable {
    let item: UnsafeMutablePointer<ItemState>

    init(_ value: ItemState) {
        item = .allocate(capacity: 1)
        item.initialize(to: value)
    }

    deinit {
        item.deinitialize(count: 1)
        item.deallocate()
    }
}
