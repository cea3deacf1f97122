import Foundation
import NIOCore
import NIOPosix
import PersonaRecords

/// Puts the errors of the network library into words, and says which may pass.
enum NetworkFailure {
  static func outcome(of error: any Error, endpoint: ChatEndpoint) -> AttemptOutcome {
    if let connection = error as? NIOConnectionError {
      return .passing(.init(kind: .unreachable, what: words(for: connection)))
    }
    if let exchange = error as? ExchangeError { return outcome(of: exchange, endpoint: endpoint) }
    if let broken = error as? IOError {
      // An address in digits fails without the wrapper above.
      let isAbsent = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(broken.errnoCode)
      return .passing(
        isAbsent
          ? .init(kind: .unreachable, what: "did not take the connection (\(reason(of: broken)))")
          : .init(kind: .faulty, what: "broke the connection (\(reason(of: broken)))"))
    }
    if let channel = error as? ChannelError, case .connectTimeout = channel {
      return .passing(.init(kind: .unreachable, what: "did not take the connection in time"))
    }
    // TLS and HTTP parser errors; their texts hold no part of the request.
    return .passing(.init(kind: .faulty, what: "broke the connection (\(endpoint.redact("\(error)").cut()))"))
  }

  private static func outcome(of error: ExchangeError, endpoint: ChatEndpoint) -> AttemptOutcome {
    switch error {
    case .timedOut:
      .passing(
        .init(kind: .faulty, what: "did not finish its reply within \(endpoint.requestTimeout.roundedToTenths) s"))
    case .closed:
      .passing(.init(kind: .faulty, what: "closed the connection before the end of its reply"))
    case .tooLong:
      .passing(.init(kind: .faulty, what: "sent a reply without end"))
    }
  }

  private static func words(for error: NIOConnectionError) -> String {
    if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
      return "has no address (the name \(error.host) is unknown)"
    }
    for failure in error.connectionErrors {
      if let broken = failure.error as? IOError { return "did not take the connection (\(reason(of: broken)))" }
    }
    return "did not take the connection"
  }

  private static func reason(of error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET: "connection reset"
    case EPIPE: "broken pipe"
    case EHOSTUNREACH: "no route to host"
    case ENETUNREACH: "network unreachable"
    case ETIMEDOUT: "timed out"
    default: "error \(error.errnoCode)"
    }
  }
}
