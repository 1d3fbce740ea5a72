import HTTPTypes
import NIOCore

extension Screens {
    static let assets: [Endpoint] =
        Assets.all.map { asset in
            .get("/assets/\(asset.name)", .readPublic, "静态资源", "An asset", [], .document(type: asset.type)) { _ in
                answer(asset)
            }
        } + [
            .get("/favicon.ico", .readPublic, "图标", "The icon", [], .document(type: "image/svg+xml")) { _ in
                answer(Assets.all[2])
            },
            .get("/robots.txt", .readPublic, "爬虫规则", "Rules for robots", [], .document(type: "text/plain")) { _ in
                .document(Array("User-agent: *\nDisallow: /\n".utf8), type: "text/plain; charset=utf-8")
            },
        ]

    private static func answer(_ asset: Asset) -> Answer {
        var answer = Answer(content: .bytes(ByteBuffer(bytes: asset.bytes), type: asset.type), etag: asset.etag)
        answer.headers.append((.cacheControl, "public, max-age=3600"))
        return answer
    }
}
