package import LanguageModels
package import PersonaRecords

/// Decides what is done next with one batch, so that it is begun once whatever breaks in between: events in, steps out.
///
/// | phase | certain | not certain: a crash, or an answer that got lost |
/// |---|---|---|
/// | gathered | write `uploading` | the same |
/// | uploading | upload | look for the file, upload it if it is not there |
/// | uploaded | write `creating` | the same |
/// | creating | create | look for the batch; not there: delete its file and look again; still not: upload anew |
/// | created | look until it is over | the same |
/// | over | fetch | the same |
///
/// A request to begin a batch may still be on its way when the process that sent it is gone, and arrive after the list was
/// looked at. Without its file the provider refuses it, so deleting the file first makes the second look final.
///
/// Every change of phase is written down before anything else is done. No network, disk or clock is in it.
package struct BatchJourney: Sendable {
  package enum Step: Sendable, Equatable {
    /// Write this down; the next step only once it is on the disk.
    case write(BatchRecord)
    case findFile
    case upload
    case findBatch
    /// Delete the uploaded file; one that is gone already is deleted.
    case deleteFile(String)
    case create(fileID: String)
    case look(batchID: String)
    case fetch
    /// It has come to its end, which is to be written down together with what it cost.
    case end
  }

  package enum Event: Sendable, Equatable {
    case foundFile(String?)
    case uploaded(String)
    case foundBatch(BatchStatus?)
    case deletedFile
    case created(BatchStatus)
    case looked(BatchStatus)
    case fetched(BatchYield)
    /// The step failed in a way that may pass; whether the provider did it is not known. `isAnswered`: the provider said
    /// something, so that nothing is on its way any more.
    case broke(isAnswered: Bool)
    /// It can come to nothing; only before it was begun.
    case givenUp(String)
  }

  package private(set) var record: BatchRecord
  /// Whether it is known that the step at hand has not been done.
  private var isCertain: Bool
  private var isWritten = true
  /// Whether no earlier request to begin the batch can still take effect.
  private var isFenced = false
  private var hasLooked = false
  /// Why it was refused as a whole, in the provider's codes.
  package private(set) var isAboutWaitingBatches = false

  /// - Parameter isNew: whether this process has just gathered it.
  package init(_ record: BatchRecord, isNew: Bool) {
    self.record = record
    isCertain = isNew
  }

  /// The next step; the same one again until an event changes it.
  package mutating func next() -> Step {
    switch record.phase {
    case .gathered: enter(.uploading)
    case .uploaded: enter(.creating)
    default: break
    }
    if !isWritten, record.isUnderWay {
      isWritten = true
      return .write(record)
    }
    switch record.phase {
    case .gathered, .uploading: return isCertain ? .upload : .findFile
    case .uploaded, .creating: return creatingStep
    case .created: return .look(batchID: record.batchID ?? "")
    case .over: return .fetch
    case .done, .failed: return .end
    }
  }

  private var creatingStep: Step {
    if isCertain { return .create(fileID: record.fileID ?? "") }
    return hasLooked && !isFenced ? .deleteFile(record.fileID ?? "") : .findBatch
  }

  package mutating func handle(_ event: Event) {
    switch event {
    case .foundFile(let id):
      if let id { uploaded(id) } else { isCertain = true }
    case .uploaded(let id): uploaded(id)
    case .foundBatch(let status):
      if let status { created(status) } else { foundNoBatch() }
    case .deletedFile:
      record.fileID = nil
      isFenced = true
    case .created(let status): created(status)
    case .looked(let status): looked(status)
    case .fetched(let yield):
      record.answered = yield.answered
      record.usage = yield.usage
      record.spent = yield.spent
      record.rejectsFormat = yield.rejectsFormat
      enter(.done)
    case .broke(let isAnswered):
      // A broken look changes nothing; a broken creation may have been one.
      if isCertain {
        isFenced = isAnswered
        hasLooked = false
      }
      isCertain = false
    case .givenUp(let reason):
      guard !record.mayBePaid else { return }
      record.reason = reason
      enter(.failed)
    }
  }

  private mutating func foundNoBatch() {
    if !isFenced {
      hasLooked = true
    } else if record.fileID == nil {
      enter(.uploading)
    } else {
      isCertain = true
    }
  }

  private mutating func enter(_ phase: BatchRecord.Phase) {
    record.phase = phase
    isWritten = false
    // What a phase does is begun after it was written down, so nothing of it is done yet.
    isCertain = true
    isFenced = false
    hasLooked = false
  }

  private mutating func uploaded(_ id: String) {
    record.fileID = id
    enter(.uploaded)
  }

  private mutating func created(_ status: BatchStatus) {
    record.batchID = status.id
    enter(.created)
    looked(status)
  }

  private mutating func looked(_ status: BatchStatus) {
    if record.status != status.status { isWritten = false }
    record.status = status.status
    record.completed = status.completed
    switch status.stage {
    case .working: break
    case .over:
      record.outputFileID = status.outputFileID
      record.errorFileID = status.errorFileID
      enter(.over)
    case .refused:
      record.reason = status.reason.isEmpty ? "the provider refused it" : status.reason
      isAboutWaitingBatches = status.isAboutWaitingBatches
      enter(.failed)
    }
  }
}

/// What a batch gave, counted.
package struct BatchYield: Sendable, Equatable {
  package var answered = 0
  package var usage = TokenUsage()
  package var spent = CallBudget.Amount()
  package var rejectsFormat = false

  package init() {}
}
