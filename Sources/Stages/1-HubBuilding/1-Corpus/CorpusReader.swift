import Foundation
import Languages
package import PersonaRecords
import ShardFiles

/// What comes out of a corpus.
package enum CorpusEvent: Sendable, Equatable {
  case document(Document)
  case rejected(CorpusRejection)
}

/// How far the reading got, and what was left out and why.
package struct CorpusCounts: Sendable, Equatable {
  package var files = 0
  /// Records that could be read, whatever became of them.
  package var records = 0
  package var documents = 0
  package var rejected = 0
  /// Bytes as stored, read so far.
  package var bytesRead = 0
  /// Bytes as stored of all inputs; 0 when it cannot be known (standard input).
  package var bytesTotal = 0
  /// Texts below the shortest length.
  package var tooShort = 0
  package var wrongLanguage = 0
  /// Texts with nothing but boilerplate.
  package var boilerplate = 0
  /// Passages that stood there before, within the window.
  package var repeated = 0
  /// Records of other kinds, such as images and redirects in a WARC file.
  package var otherRecords = 0
  /// Lines left out of texts that were kept.
  package var boilerplateLines = 0

  package init() {}
}

/// Reads corpora in all the forms they come in, as one stream of passages, in memory bounded by the largest record.
///
/// A broken record or file is handed out as a `CorpusRejection` and the rest goes on. The order is that of the inputs, and the
/// same inputs and settings give the same events.
package final class CorpusReader {
  package private(set) var counts = CorpusCounts()
  package let settings: CorpusSettings

  private var files: [CorpusFile] = []
  private var nextFile = 0
  private var current: OpenFile?
  private var pending: [CorpusEvent] = []
  private var nextPending = 0
  private var bytesOfFinishedFiles = 0
  private var repeats: RepeatWindow
  private let cutter: PassageCutter
  private let languages: Set<String>
  private var isStarted = false

  /// The file being read.
  private struct OpenFile {
    let file: CorpusFile
    /// nil for parquet, whose bytes DuckDB reads.
    let stream: ByteStream?
    let texts: any RawTextReader
    var hasEvents = false
  }

  package init(inputs: [CorpusInput], settings: CorpusSettings = CorpusSettings()) {
    self.settings = settings
    repeats = RepeatWindow(size: max(0, settings.repeatWindow))
    cutter = PassageCutter(maximum: max(1, settings.passageCharacters), minimum: max(0, settings.minimumCharacters))
    languages = Set(settings.languages.map(LanguageCode.normalised))
    for input in inputs {
      let found = input.files()
      files += found.files
      for rejection in found.rejections { reject(rejection) }
    }
    counts.bytesTotal = files.contains { $0.path == "-" } ? 0 : files.reduce(0) { $0 + ($1.byteCount ?? 0) }
  }

  /// The next passage or rejection; nil when all inputs are read.
  /// - Throws: `Problem` when a setting makes no sense; what is wrong with files is handed out as rejections.
  package func next() throws(Problem) -> CorpusEvent? {
    if !isStarted {
      try settings.validate()
      isStarted = true
    }
    while true {
      if nextPending < pending.count {
        defer { nextPending += 1 }
        return pending[nextPending]
      }
      pending.removeAll(keepingCapacity: true)
      nextPending = 0
      if current == nil {
        guard nextFile < files.count else { return nil }
        open(files[nextFile])
        nextFile += 1
      } else {
        readOn()
      }
    }
  }

  private func reject(_ rejection: CorpusRejection) {
    counts.rejected += 1
    pending.append(.rejected(rejection))
  }

  private func open(_ file: CorpusFile) {
    counts.files += 1
    do throws(Problem) {
      let stream = try ByteStream(path: file.path, name: file.label)
      let start: ArraySlice<UInt8>
      do throws(Problem) { start = try stream.peek(8192) } catch {
        // Torn within the first bytes: what is there can still tell the format, and the tear is reported once.
        current = OpenFile(
          file: file, stream: stream,
          texts: TornStart(stream: stream, problem: error, file: file.label, settings: settings))
        return
      }
      guard !start.isEmpty else {
        bytesOfFinishedFiles += stream.bytesTaken
        reject(
          CorpusRejection(file: file.label, reason: "this file is empty", advice: "leave it out, or fetch it again"))
        return
      }
      let format = CorpusFormat(start: start, name: file.path, textKeys: settings.textKeys)
      if format == .parquet {
        guard stream.packing == .plain && file.path != "-" else {
          throw Problem(
            "a parquet file can be read only as a plain file, not packed and not from standard input",
            at: .init(file: file.label), advice: "unpack it into a file first")
        }
        current = OpenFile(
          file: file, stream: nil, texts: try ParquetTexts(path: file.path, file: file.label, settings: settings))
      } else {
        current = OpenFile(
          file: file, stream: stream,
          texts: CorpusReader.texts(of: format, stream: stream, file: file.label, settings: settings))
      }
    } catch {
      bytesOfFinishedFiles += file.byteCount ?? 0
      reject(CorpusRejection(error, file: file.label))
    }
    updateProgress()
  }

  static func texts(
    of format: CorpusFormat, stream: ByteStream, file: String, settings: CorpusSettings
  ) -> any RawTextReader {
    switch format {
    case .jsonLines, .parquet: JSONLinesTexts(stream, file: file, settings: settings)
    case .json: JSONTexts(stream, file: file, settings: settings)
    case .csv: TableTexts(stream, file: file, separator: UInt8(ascii: ","), settings: settings)
    case .tsv: TableTexts(stream, file: file, separator: 0x09, settings: settings)
    case .semicolons: TableTexts(stream, file: file, separator: UInt8(ascii: ";"), settings: settings)
    case .warc: WARCTexts(stream, file: file, settings: settings)
    case .html, .markdown, .plainText: PlainTexts(stream, file: file, format: format, settings: settings)
    }
  }

  private func readOn() {
    guard let open = current else { return }
    do throws(Problem) {
      switch try open.texts.next() {
      case nil:
        finishFile()
        return
      case .rejected(let rejection): reject(rejection)
      case .other:
        counts.records += 1
        counts.otherRecords += 1
      case .text(let text):
        counts.records += 1
        take(text, file: open.file.label)
      }
      updateProgress()
    } catch {
      reject(CorpusRejection(error, file: open.file.label))
      finishFile()
    }
  }

  private func finishFile() {
    bytesOfFinishedFiles += current?.stream?.bytesTaken ?? current?.file.byteCount ?? 0
    current = nil
    updateProgress()
  }

  private func updateProgress() {
    counts.bytesRead = bytesOfFinishedFiles + (current?.stream?.bytesTaken ?? 0)
  }

  private func passages(of cleaned: TextCleaner.Outcome) -> [String] {
    cutter.passages(
      of: cleaned.bytes, characterCount: cleaned.characterCount, count: settings.maximumPassages)
  }

  /// Cuts one text and queues its passages.
  private func take(_ raw: RawText, file: String) {
    if ByteSearch.contains(0, in: raw.text) {
      reject(
        CorpusRejection(
          file: file, row: raw.row, reason: "the text holds NUL characters", advice: "the row is damaged; write it anew"
        ))
      return
    }
    // One passage more than is wanted, so that the last cut sees what follows.
    let enough =
      settings.maximumPassages == 0
      ? 0 : settings.passageCharacters * (settings.maximumPassages + 1) + settings.minimumCharacters
    var cleaned = TextCleaner.clean(raw.text, enough: enough, dropsBoilerplate: true)
    if cleaned.characterCount < settings.minimumCharacters {
      let whole = TextCleaner.clean(raw.text, enough: enough, dropsBoilerplate: false)
      guard whole.characterCount >= settings.minimumCharacters else {
        counts.tooShort += 1
        return
      }
      // A long text is never all boilerplate: the rules mistook it, so they are not applied.
      guard whole.characterCount >= 200 else {
        counts.boilerplate += 1
        return
      }
      cleaned = whole
    }
    counts.boilerplateLines += cleaned.droppedLines
    let stated = LanguageCode.normalised(raw.language)
    if !languages.isEmpty && !stated.isEmpty && !languages.contains(stated) {
      counts.wrongLanguage += 1
      return
    }
    let id = raw.id.isEmpty ? "\(file):\(raw.row)" : raw.id
    for (number, passage) in passages(of: cleaned).enumerated() {
      guard repeats.isNew(passage) else {
        counts.repeated += 1
        continue
      }
      let language = stated.isEmpty ? LanguageGuess.language(of: passage) : stated
      if !languages.isEmpty && !languages.contains(language) {
        counts.wrongLanguage += 1
        continue
      }
      counts.documents += 1
      pending.append(
        .document(
          Document(
            id: id, text: passage, source: .init(file: file, row: raw.row), passage: number, language: language)))
    }
  }
}

/// A packed file that is torn within its first bytes: reads what is there, then tells of the tear.
private final class TornStart: RawTextReader {
  private let texts: any RawTextReader
  private var problem: Problem?

  init(stream: ByteStream, problem: Problem, file: String, settings: CorpusSettings) {
    let format = CorpusFormat(start: stream.available, name: file, textKeys: settings.textKeys)
    self.texts = CorpusReader.texts(of: format, stream: stream, file: file, settings: settings)
    self.problem = problem
  }

  func next() throws(Problem) -> RawEvent? {
    if let event = try texts.next() { return event }
    guard let problem else { return nil }
    self.problem = nil
    throw problem
  }
}
