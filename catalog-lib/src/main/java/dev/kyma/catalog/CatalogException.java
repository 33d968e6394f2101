package dev.kyma.catalog;

/** The root of every fault the catalog reports. */
public abstract sealed class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CatalogException(String message) {
    super(message);
  }

  private CatalogException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The database could not be reached or asked, or cannot take writes; a read had no effect. */
  public static final class Unavailable extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
      /** It does not answer, or not in time. */
      UNREACHABLE,
      /** It has no room for more; reads go on. */
      FULL,
      /** It takes no writes, for example because it is a standby; reads go on. */
      READ_ONLY
    }

    private final Reason reason;

    public Unavailable(String message, Throwable cause) {
      this(Reason.UNREACHABLE, message, cause);
    }

    public Unavailable(Reason reason, String message, Throwable cause) {
      super(message, cause);
      this.reason = reason;
    }

    /** Why the database did not do what was asked. */
    public Reason reason() {
      return reason;
    }
  }

  /** What the database holds contradicts itself, or was written by a newer Kyma. */
  public static final class Corrupt extends CatalogException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
      super(message);
    }
  }

  /**
   * An object of the archive is not what the catalog would have written there: another catalog
   * writes to the same bucket, or the object was damaged. Nothing was overwritten.
   */
  public static final class ArchiveDiverged extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public ArchiveDiverged(String key, String message) {
      super("archive object " + key + ": " + message);
      this.key = key;
    }

    /** The key of the object. */
    public String key() {
      return key;
    }
  }

  /** A catalog was to be made from an archive, but the database holds one already. */
  public static final class NotEmpty extends CatalogException {
    private static final long serialVersionUID = 1L;

    public NotEmpty(String message) {
      super(message);
    }
  }

  /** A snapshot asked for is no longer whole: objects of it may have been removed. */
  public static final class SnapshotGone extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final long number;
    private final long horizon;

    public SnapshotGone(long number, long horizon) {
      super("snapshot " + number + " is gone; the oldest that can be read is " + horizon);
      this.number = number;
      this.horizon = horizon;
    }

    /** The number asked for. */
    public long number() {
      return number;
    }

    /** The least number that can be read. */
    public long horizon() {
      return horizon;
    }
  }

  /** A snapshot asked for is yet to come. */
  public static final class SnapshotAhead extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final long newest;

    public SnapshotAhead(String asked, long newest) {
      super(asked + " is yet to come; the newest snapshot is " + newest);
      this.newest = newest;
    }

    /** The number of the newest snapshot. */
    public long newest() {
      return newest;
    }
  }
}
