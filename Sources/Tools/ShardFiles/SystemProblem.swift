package import PersonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Problem {
  /// What the operating system refused, in words for the person who owns the file.
  ///
  /// - Parameters:
  ///   - code: the value of `errno`.
  ///   - doing: the verb of the attempt, for example `read` or `write`.
  ///   - path: the file as the user knows it.
  package static func system(_ code: Int32, doing verb: String, path: String) -> Problem {
    let place = Place(file: path)
    // Safe: strerror returns a valid C string for every number, and it is copied at once.
    let reason = unsafe String(cString: strerror(code))
    switch code {
    case ENOENT:
      return Problem("there is no such file or folder", at: place, advice: "check the spelling of the path")
    case EACCES, EPERM:
      return Problem(
        "no permission to \(verb) this", at: place,
        advice: "give your user access (ls -l \(path) shows who has it), or choose another path", cause: reason)
    case EISDIR:
      return Problem("this is a folder, and a file is needed", at: place, advice: "name a file in it")
    case ENOTDIR:
      return Problem("a part of this path is a file, not a folder", at: place, advice: "check the path")
    case ENOSPC, EDQUOT:
      return Problem(
        "the disk is full", at: place,
        advice: "free some space, or write to another disk, and run the same command again",
        consequence: .stopResumable, cause: reason)
    case EROFS:
      return Problem("this disk can only be read", at: place, advice: "write to another place", cause: reason)
    case EMFILE, ENFILE:
      return Problem(
        "too many files are open", at: place, advice: "raise the limit with: ulimit -n 4096", cause: reason)
    case EIO:
      return Problem("the disk reports a fault", at: place, advice: "copy the file from another place", cause: reason)
    default:
      return Problem("cannot \(verb) this", at: place, advice: "see the reason given", cause: reason)
    }
  }
}
