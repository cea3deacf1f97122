import Foundation
import NIOCore
import NIOPosix
import PersonaRecords

/// One connection, seen as bytes: tests of what really goes over the wire must not go through a client that is clever.
struct Wire {
  enum End: Equatable {
    /// The body has the length that its head states.
    case whole
    /// The server closed the connection before that.
    case closed
    case reset
    /// Nothing more came in the time given.
    case silence
  }

  struct Answer {
    var bytes: [UInt8]
    var end: End
    var elapsed: Duration

    var head: String { String(text.split(separator: "\r\n\r\n", maxSplits: 1).first ?? "") }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var status: Int { Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var body: String {
      text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
    }
    var json: JSONValue? { try? JSONValue(text: body) }

    func header(_ name: String) -> String? {
      head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix("\(name):") }
        .map { String($0.drop { $0 != ":" }.dropFirst().drop(while: \.isWhitespace)) }
    }
  }

  /// Sends bytes on a connection of its own and collects what comes back, until `count` answers are whole.
  static func send(
    _ request: [UInt8], to port: Int, answers count: Int = 1, patience: Duration = .seconds(120)
  ) async throws -> Answer {
    let start = ContinuousClock.now
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let collector = Collector(
            count: count, ended: channel.eventLoop.makePromise(of: ([UInt8], End).self), patience: TimeAmount(patience))
          try channel.pipeline.syncOperations.addHandler(collector)
          return (channel, collector.ended.futureResult)
        }
      }
    // A server may answer and close before it has read all.
    channel.0.writeAndFlush(ByteBuffer(bytes: request), promise: nil)
    let (bytes, end) = try await channel.1.get()
    try? await channel.0.close()
    return Answer(bytes: bytes, end: end, elapsed: .now - start)
  }

  static func request(_ method: String, _ path: String, headers: [String] = [], body: [UInt8] = []) -> [UInt8] {
    var head = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\ncontent-length: \(body.count)\r\n"
    for header in headers { head += header + "\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  static func get(_ path: String, from port: Int) async throws -> Answer {
    try await send(request("GET", path), to: port)
  }

  static func post(
    _ path: String, _ body: String, to port: Int, headers: [String] = [], patience: Duration = .seconds(120)
  ) async throws -> Answer {
    try await send(request("POST", path, headers: headers, body: Array(body.utf8)), to: port, patience: patience)
  }
}

private final class Collector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let count: Int
  let ended: EventLoopPromise<([UInt8], Wire.End)>
  private let patience: TimeAmount
  private var bytes: [UInt8] = []
  private var isDone = false

  init(count: Int, ended: EventLoopPromise<([UInt8], Wire.End)>, patience: TimeAmount) {
    self.count = count
    self.ended = ended
    self.patience = patience
  }

  func channelActive(context: ChannelHandlerContext) {
    context.eventLoop.assumeIsolated().scheduleTask(in: patience) { [self] in end(.silence) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytes.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    if wholeAnswers >= count { end(.whole) }
  }

  func channelInactive(context: ChannelHandlerContext) { end(.closed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end((error as? IOError)?.errnoCode == ECONNRESET ? .reset : .closed)
    context.close(promise: nil)
  }

  private func end(_ how: Wire.End) {
    guard !isDone else { return }
    isDone = true
    ended.succeed((bytes, how))
  }

  /// Answers that are there with all bytes that their heads promise; a 100 Continue is none.
  private var wholeAnswers: Int {
    var rest = bytes[...]
    var found = 0
    while let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
      let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self).lowercased()
      let length =
        head.firstRange(of: "content-length: ")
        .flatMap { Int(head[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
      guard rest.endIndex - end.upperBound >= length else { break }
      if !head.hasPrefix("http/1.1 100") { found += 1 }
      rest = rest[(end.upperBound + length)...]
    }
    return found
  }
}
