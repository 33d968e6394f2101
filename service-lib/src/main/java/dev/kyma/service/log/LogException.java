package dev.kyma.service.log;

/** The root of every fault of a log. */
public abstract sealed class LogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LogException(String message) {
    super(message);
  }

  private LogException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The stable name of the fault, as answers and status pages show it. */
  public abstract String code();

  /** The topic has another id than the catalog recorded: it was deleted and made anew. */
  public static final class Replaced extends LogException {
    private static final long serialVersionUID = 1L;

    public Replaced(String topic, String expectedId, String actualId) {
      super("topic " + topic + " has id " + actualId + ", the catalog knows " + expectedId);
    }

    @Override
    public String code() {
      return "log_replaced";
    }
  }

  /** There is no topic of that name. */
  public static final class Missing extends LogException {
    private static final long serialVersionUID = 1L;

    public Missing(String topic) {
      super("there is no topic " + topic);
    }

    @Override
    public String code() {
      return "log_missing";
    }
  }

  /** The topic has another number of partitions than the catalog recorded. */
  public static final class Resized extends LogException {
    private static final long serialVersionUID = 1L;

    public Resized(String topic, int expected, int actual) {
      super("topic " + topic + " has " + actual + " partitions, the catalog knows " + expected);
    }

    @Override
    public String code() {
      return "log_resized";
    }
  }

  /**
   * The records at the position asked for are not, or no longer, the ones that follow what was read
   * before: the end was cut off, other records were written there, or records that were not flushed
   * yet were deleted.
   */
  public static final class Truncated extends LogException {
    private static final long serialVersionUID = 1L;

    /** The fault's {@link #code()}. */
    public static final String CODE = "log_truncated";

    private final long offset;

    /**
     * @param partition which partition
     * @param position where reading should have gone on
     * @param found what the broker says instead
     */
    public Truncated(LogPartition partition, LogPosition position, String found) {
      super(
          "log %s does not go on at offset %d after leader epoch %d: %s"
              .formatted(partition, position.offset(), position.leaderEpoch(), found));
      this.offset = position.offset();
    }

    /** Where reading should have gone on. */
    public long offset() {
      return offset;
    }

    @Override
    public String code() {
      return CODE;
    }
  }

  /** The brokers could not be asked, or not in time; nothing is known of the log. */
  public static final class Unavailable extends LogException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String code() {
      return "log_unavailable";
    }
  }
}
