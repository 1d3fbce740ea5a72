/// A lever with the places of what it names. A lever whose id could not be read has an empty one.
struct LeverDraft {
    let lever: Lever
    let fields: Fields
    let requires: [(id: String, span: TextSpan)]
    let excludes: [(id: String, span: TextSpan)]
    let effects: [ReformEffectDraft]

    var id: String { lever.id }
    var span: TextSpan { fields.heading }
    /// The items that it brings.
    var newItems: [ItemDraft] { effects.compactMap(\.newItem) }
}

/// An effect with the places of what it names.
struct ReformEffectDraft {
    let effect: ReformEffect
    let fields: Fields
    /// The items that it changes or merges.
    var items: [(id: String, span: TextSpan)] = []
    /// What a change makes its item wait for.
    var after: [(dependency: Dependency, span: TextSpan)] = []
    /// What a change makes its item no longer wait for.
    var notAfter: [(dependency: Dependency, span: TextSpan)] = []
    var minor: [(material: String, span: TextSpan)] = []
    /// The item that it adds or merges others into.
    var newItem: ItemDraft?
}
