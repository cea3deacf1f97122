import RunLedger
import Testing

@Suite struct GroupCommitTests {
  @Test func theFirstReplyStartsTheTimerAndTheTimerCommitsAll() {
    var commits = GroupCommit(limits: .init(replies: 256, gatherTime: .milliseconds(100)))
    var actions = [commits.arrived(), commits.arrived(), commits.arrived(), commits.timerFired(), commits.committed()]
    #expect(actions == [.startTimer(.milliseconds(100)), .none, .none, .commit(count: 3), .none])
    actions = [commits.timerFired(), commits.arrived()]
    #expect(actions == [.none, .startTimer(.milliseconds(100))])
  }

  @Test func aFullGroupDoesNotWait() {
    var commits = GroupCommit(limits: .init(replies: 2))
    let actions = [commits.arrived(), commits.arrived()]
    #expect(actions == [.startTimer(.milliseconds(50)), .commit(count: 2)])
  }

  @Test func whatArrivesDuringACommitIsTheNextGroup() {
    var commits = GroupCommit(limits: .init(replies: 2))
    _ = (commits.arrived(), commits.arrived())
    let during = [commits.arrived(), commits.timerFired(), commits.arrived(), commits.arrived()]
    #expect(during == [.none, .none, .none, .none])
    let after = [commits.committed(), commits.committed(), commits.timerFired(), commits.committed()]
    #expect(after == [.commit(count: 2), .startTimer(.milliseconds(50)), .commit(count: 1), .none])
  }

  @Test func whatHasGatheredIsCommittedAtOnceWhenNothingMoreComes() {
    var commits = GroupCommit(limits: .init(replies: 8))
    #expect(commits.hurry() == .none)
    let actions = [commits.arrived(), commits.arrived(), commits.hurry(), commits.hurry(), commits.committed()]
    #expect(actions == [.startTimer(.milliseconds(50)), .none, .commit(count: 2), .none, .none])
    // The timer that still runs finds nothing, and the next reply starts another.
    #expect([commits.timerFired(), commits.arrived()] == [.none, .startTimer(.milliseconds(50))])
  }

  @Test func limitsStayWithinWhatIsPromised() {
    let limits = GroupCommit.Limits(replies: 10_000, gatherTime: .seconds(9))
    #expect(limits.replies == 256 && limits.gatherTime == .milliseconds(100))
    #expect(GroupCommit.Limits(replies: 0, gatherTime: .seconds(-1)).replies == 1)
  }

  @Test func withoutGatheringEveryReplyIsCommittedAtOnce() {
    var commits = GroupCommit(limits: .init(gatherTime: .zero))
    let actions = [commits.arrived(), commits.arrived(), commits.committed()]
    #expect(actions == [.commit(count: 1), .none, .commit(count: 1)])
  }
}
