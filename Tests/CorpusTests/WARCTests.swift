import Corpus
import Foundation
import PersonaRecords
import Testing

/// WARC files written by hand.
enum WARC {
  static func record(_ type: String, _ contentType: String, _ body: [UInt8], length: Int? = nil, more: String = "")
    -> [UInt8]
  {
    Array(
      "WARC/1.0\r\nWARC-Type: \(type)\r\nContent-Type: \(contentType)\r\n\(more)Content-Length: \(length ?? body.count)\r\n\r\n"
        .utf8) + body + Array("\r\n\r\n".utf8)
  }

  static func response(_ http: [UInt8], length: Int? = nil, more: String = "") -> [UInt8] {
    record("response", "application/http; msgtype=response", http, length: length, more: more)
  }

  static func page(
    _ body: String, type: String = "text/html; charset=utf-8", status: String = "200 OK", headers: String = "",
    length: Int? = nil
  ) -> [UInt8] {
    response(Array("HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n\(headers)\r\n\(body)".utf8), length: length)
  }

  static func file(_ records: [[UInt8]]) -> [UInt8] { Array(records.joined()) }
}

@Suite struct WARCTests {
  @Test func pagesAndConversionsAreReadAndTheRestIsPassedOver() throws {
    let info = WARC.record("warcinfo", "application/warc-fields", Array("software: us\r\n".utf8))
    let one = WARC.page("<p>\(story(1))</p>")
    let bytes = WARC.file([
      info, one, WARC.page(story(2), status: "404 Not Found"), WARC.page(story(3), type: "image/png"),
      WARC.record("conversion", "text/plain", Array(story(4).utf8)),
      WARC.record("resource", "text/html", Array("<p>\(story(5))".utf8)),
      WARC.page(story(6), type: "text/plain"), WARC.record("metadata", "text/plain", Array(story(7).utf8)),
    ])
    let reading = try Reading("a.warc", bytes)
    #expect(reading.texts == [story(1), story(4), story(5), story(6)])
    #expect(reading.documents.first?.source.row == info.count)
    #expect(reading.documents.first?.id == "a.warc:\(info.count)")
    #expect(reading.counts.otherRecords == 4)
    #expect(reading.rejections.isEmpty)
  }

  @Test(arguments: [-40, -1, 4, 5, 60, 5000, 999_999_999_999]) func aWrongLengthCostsOneRecord(error: Int) throws {
    let body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\(story(2))</p>"
    let wrong = WARC.response(Array(body.utf8), length: body.utf8.count + error)
    let bytes = WARC.file([
      WARC.page("<p>\(story(1))</p>"), wrong, WARC.page("<p>\(story(3))</p>"), WARC.page("<p>\(story(4))</p>"),
    ])
    let reading = try Reading("a.warc", bytes)
    #expect(reading.texts == [story(1), story(3), story(4)])
    #expect(reading.rejections.count == 1)
    #expect(reading.rejections.first?.byteOffset == WARC.page("<p>\(story(1))</p>").count)
  }

  @Test func aRecordThatBreaksOffIsSetAside() throws {
    let bytes = WARC.file([WARC.page("<p>\(story(1))</p>"), WARC.page("<p>\(story(2))</p>")])
    let reading = try Reading("a.warc", Array(bytes.dropLast(30)))
    #expect(reading.texts == [story(1)])
    #expect(reading.rejections.count == 1)
    let nothing = try Reading("a.warc", "WARC/1.0\r\nWARC-Type: response\r\n")
    #expect(nothing.rejections.count == 1)
  }

  @Test func chunkedBodiesAreJoined() throws {
    let text = "<p>\(story(1))</p>"
    let half = text.utf8.count / 2
    let first = String(decoding: text.utf8.prefix(half), as: UTF8.self)
    let second = String(decoding: text.utf8.dropFirst(half), as: UTF8.self)
    let chunked =
      "\(String(half, radix: 16));x=y\r\n\(first)\r\n\(String(text.utf8.count - half, radix: 16))\r\n\(second)\r\n0\r\n\r\n"
    let headers = "Transfer-Encoding: chunked\r\n"
    #expect(try Reading("a", WARC.page(chunked, headers: headers)).texts == [story(1)])
    // Many crawlers keep the field and store the body joined.
    #expect(try Reading("a", WARC.page(text, headers: headers)).texts == [story(1)])
    #expect(try Reading("a", WARC.page(text, headers: "Content-Encoding: gzip\r\n")).texts == [story(1)])
  }

  @Test func gzipBodiesAreUnpackedAndTornOnesSetAside() throws {
    /// gzip of `<p>` + "The ferry leaves at noon. " twenty times + `</p>`, by Python.
    let packed = Array(
      Data(base64Encoded: "H4sIAAAAAAACA7MpsAvJSFVISy0qqlTISU0sSy1WSCxRyMvPz9NTGJUZSTI2+gV2AFD/fwUPAgAA") ?? Data())
    func response(_ body: [UInt8], more: String = "") -> [UInt8] {
      WARC.response(
        Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".utf8) + body, more: more)
    }
    #expect(try Reading("a", response(packed)).texts.first?.hasPrefix("The ferry leaves at noon. The") == true)
    let torn = try Reading("a", response(packed.dropLast(12)))
    #expect(torn.rejections.count == 1)
    #expect(torn.documents.isEmpty)
  }

  @Test func charactersSetsOfPagesAreKnown() throws {
    let latin = Array("<p>Caf".utf8) + [0xE9] + Array(", 5 ".utf8) + [0x80] + Array(". \(story(1))</p>".utf8)
    let expected = "Café, 5 €. \(story(1))"
    func response(_ type: String, _ body: [UInt8]) -> [UInt8] {
      WARC.response(Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\r\n".utf8) + body)
    }
    #expect(try Reading("a", response("text/html; charset=ISO-8859-1", latin)).texts == [expected])
    #expect(
      try Reading("a", response("text/html", Array("<meta charset='windows-1252'>".utf8) + latin)).texts == [expected])
    #expect(try Reading("a", response("text/html", latin)).texts == [expected])
    let sixteen: [UInt8] = [0xFF, 0xFE] + "<p>\(expected)</p>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try Reading("a", response("text/html", sixteen)).texts == [expected])
    let broken = try Reading("a", response("text/html; charset=utf-8", latin))
    #expect(broken.rejections.first?.reason == "invalid UTF-8 in this page")
  }
}

@Suite struct HTMLTests {
  private func text(_ html: String) throws -> [String] {
    var settings = CorpusSettings()
    settings.minimumCharacters = 1
    return try Reading("page.html", "<html>" + html, settings).texts
  }

  @Test func aPageReadsAsAPersonWroteIt() throws {
    let page = """
      <head><title>T</title><style>p { color: red }</style></head><body class="has-sidebar">
      <nav><ul><li><a href="/">Home</a><li><a href="/a">About</a></ul></nav>
      <div class="site-header menu">Menu <div>inner</div> still menu</div>
      <script>if (a < b && "</p>") { document.write("<p>no</p>") }</script>
      <main><article><header><h1>The tide&nbsp;mill</h1></header>
      <p>It was built in 1810 &amp; still turns, &ldquo;slowly&rdquo;, twice a day.
      Visitors may come in&hellip;<br>Bring boots &#8211; and &#x41; coat.</p>
      <p hidden>secret</p><div style="display: none">secret <div>deeper</div> secret</div><span aria-hidden="true">secret</span>
      <p>The miller keeps a book of every tide, and reads from it to the children of the village on market days, when the
      wheel stands still and the yard is full of carts.</p></article></main>
      <ul><li><a href=1>One page</a></li><li><a href=2>Other page</a></li><li><a href=3>Third page</a></li></ul>
      <footer>All rights reserved</footer></body>
      """
    #expect(
      try text(page) == [
        """
        The tide mill

        It was built in 1810 & still turns, “slowly”, twice a day. Visitors may come in…
        Bring boots – and A coat.

        The miller keeps a book of every tide, and reads from it to the children of the village on market days, when the \
        wheel stands still and the yard is full of carts.
        """
      ])
  }

  @Test func aPageThatIsAllFurnitureIsReadWhole() throws {
    let found = try text("<body><nav><p>\(story(1))</p></nav></body>")
    #expect(found == [story(1)])
  }

  @Test func unclosedAndCrossedTagsLoseNoText() throws {
    #expect(
      try text("<p>one<p>two <b>three<i>four</b> five</i><div>six < seven & eight &unknown; <!-- x > y -->nine") == [
        "one\n\ntwo threefour five\nsix < seven & eight &unknown; nine"
      ])
    #expect(try text("<pre>a\n  b\nc</pre>") == ["a\nb\nc"])
    #expect(try text("<table><tr><td>tide<td>5 m<tr><td>wind<td>3</table>") == ["tide 5 m\nwind 3"])
  }
}
