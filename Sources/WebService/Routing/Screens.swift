import NIOCore

/// The pages (页面接口). Each group of screens adds its own list.
enum Screens {
    static let endpoints: [Endpoint] = session + assets + work + plan
}

/// Everything that can be asked.
enum AllEndpoints {
    static let list: [Endpoint] = Screens.endpoints + API.endpoints
}
