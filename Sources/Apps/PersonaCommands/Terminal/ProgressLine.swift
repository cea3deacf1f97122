import Foundation
import PersonaHub
import Synchronization

/// Draws progress: one live line on a terminal, plain lines at growing intervals elsewhere, none with `--quiet`.
final class ProgressLine: Sendable {
  private struct State {
    var step = ""
    var stepStart = ContinuousClock.now
    var lastDrawn = ContinuousClock.now - .seconds(60)
    var interval = Duration.seconds(2)
    var isLineOpen = false
    var lastNotice = ContinuousClock.now - .seconds(60)
  }

  private let isQuiet: Bool
  private let isTerminal = Talk.stderrIsTerminal
  private let state = Mutex(State())

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ progress: FlowProgress) {
    guard !isQuiet else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if state.step != progress.step {
        closeLine(&state)
        state.step = progress.step
        state.stepStart = now
        state.interval = .seconds(2)
        state.lastDrawn = now
        return
      }
      let sinceDrawn = now - state.lastDrawn
      guard sinceDrawn >= (isTerminal ? .milliseconds(200) : state.interval) else { return }
      state.lastDrawn = now
      let text = Self.text(progress, elapsed: now - state.stepStart)
      if isTerminal {
        Talk.write("\r\u{1B}[K" + text, to: 2)
        state.isLineOpen = true
      } else {
        Talk.say(text)
        // Logs of long runs stay readable: 2, 4, 8 … seconds apart, at most a minute.
        state.interval = min(state.interval * 2, .seconds(60))
      }
    }
  }

  /// Says what the work waits for; at most once in five seconds, for a storm has many voices.
  func notice(_ text: String) {
    guard !isQuiet else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.lastNotice >= .seconds(5) else { return }
      state.lastNotice = now
      closeLine(&state)
      Talk.say("waiting: \(text)")
    }
  }

  /// Says what happened.
  func say(_ text: String) {
    guard !isQuiet else { return }
    state.withLock { state in
      closeLine(&state)
      Talk.say(text)
    }
  }

  func finish() {
    state.withLock { closeLine(&$0) }
  }

  private func closeLine(_ state: inout State) {
    if state.isLineOpen { Talk.write("\r\u{1B}[K", to: 2) }
    state.isLineOpen = false
  }

  static func text(_ progress: FlowProgress, elapsed: Duration) -> String {
    let seconds = max(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18, 0.001)
    var parts = [progress.step]
    parts.append(progress.total.map { "\(grouped(progress.done))/\(grouped($0))" } ?? grouped(progress.done))
    let rate = Double(progress.done) / seconds
    parts.append(rate >= 10 ? "\(grouped(Int(rate)))/s" : String(format: "%.1f/s", rate))
    if progress.rejected > 0 { parts.append("rejected \(grouped(progress.rejected))") }
    if progress.tokens > 0 { parts.append("\(grouped(progress.tokens)) tokens") }
    if progress.costInDollars > 0 { parts.append(String(format: "$%.2f", progress.costInDollars)) }
    let share = progress.fraction ?? progress.total.map { Double(progress.done) / Double(max($0, 1)) }
    if let share, share > 0.005, share < 1 { parts.append("about \(timeLeft(seconds * (1 - share) / share)) left") }
    return parts.joined(separator: "  ")
  }

  static func timeLeft(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded(.up))) min"
    default: String(format: "%.1f h", seconds / 3600)
    }
  }
}

/// A whole number in groups of three: `12 480`.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(" ") }
    text.append(digit)
  }
  return text
}
