/// The interface for programs (接口), version 1. Each group of resources adds its own list.
enum API {
    static let endpoints: [Endpoint] =
        health + sessions + cases + computing + knowledge + files + oversight + accounts + departments
        + description + live
}
