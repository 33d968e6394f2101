package dev.kyma.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A piece of work that one process asked for and another does.
 *
 * @param id its number, in the order jobs were submitted
 * @param kind what is to be done
 * @param table the table it is about, 0 for none or several
 * @param arguments what else there is to know, in a form of the kind's own
 * @param state how far it is
 * @param owner who does it or did it last
 * @param progress what the owner last said
 * @param result what came of it, or why it failed, once it has ended
 * @param created when it was submitted, by the database's clock
 * @param updated when anything of it last changed, by the database's clock
 */
public record Job(
    long id,
    Kind kind,
    long table,
    String arguments,
    State state,
    Optional<String> owner,
    Progress progress,
    Optional<String> result,
    Instant created,
    Instant updated) {

  /** What jobs do. */
  public enum Kind {
    FLUSH,
    COMPACT,
    CHECK,
    ADOPT_LOG
  }

  /** How far a job is. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    KILLED;

    /** Whether nothing will happen to the job any more. */
    public boolean isEnd() {
      return switch (this) {
        case QUEUED, RUNNING -> false;
        case DONE, FAILED, KILLED -> true;
      };
    }
  }

  /**
   * How far the owner is.
   *
   * @param text for people
   * @param done steps done
   * @param total steps in all, as far as known; 0 when unknown
   */
  public record Progress(String text, long done, long total) {
    /** Before the first step. */
    public static final Progress NONE = new Progress("", 0, 0);
  }
}
