package dev.kyma.compactor.core;

import java.time.Instant;

/** What a log partition's flush is doing. */
public sealed interface PartitionState {

  /** The cursor is to be read from the catalog. */
  record Loading() implements PartitionState {}

  /** Records are read and wait for their flush. */
  record Reading() implements PartitionState {}

  /** Rows are being written and committed; records are read on meanwhile. */
  record Flushing() implements PartitionState {}

  /**
   * Something is down. What was read is kept, or read again, and tried again.
   *
   * @param until when
   * @param code the stable name of the reason
   * @param detail the reason, for people
   */
  record BackingOff(Instant until, String code, String detail) implements PartitionState {}

  /**
   * The log is not the one the catalog's cursor belongs to; an operator must decide.
   *
   * @param code the stable name of the reason
   * @param detail the reason, for people
   */
  record Stopped(String code, String detail) implements PartitionState {}

  /** The stable name of the state. */
  default String id() {
    return switch (this) {
      case Loading() -> "loading";
      case Reading() -> "reading";
      case Flushing() -> "flushing";
      case BackingOff _ -> "backing_off";
      case Stopped _ -> "stopped";
    };
  }
}
