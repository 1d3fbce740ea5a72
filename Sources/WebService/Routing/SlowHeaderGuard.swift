import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections whose next request does not come in time (慢速请求防护): the first head has ten seconds, the next after an
/// answer a minute, however slowly its bytes drip.
final class SlowHeaderGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    static let first = TimeAmount.seconds(10)
    static let next = TimeAmount.seconds(60)

    private var timer: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) { begin(Self.first, context) }
    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = Self.unwrapInboundIn(data) {
            timer?.cancel()
            timer = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = Self.unwrapOutboundIn(data) { begin(Self.next, context) }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    private func begin(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: time) { channel.close(mode: .all, promise: nil) }
    }
}
