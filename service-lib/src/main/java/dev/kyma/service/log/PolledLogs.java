package dev.kyma.service.log;

import java.util.List;
import java.util.Map;

/**
 * What one poll brought.
 *
 * @param slices records, at most one slice a partition
 * @param faults partitions that cannot be read on and have been taken out of the reader
 */
public record PolledLogs(List<LogSlice> slices, Map<LogPartition, LogException> faults) {

  /** Nothing at all. */
  public static final PolledLogs NONE = new PolledLogs(List.of(), Map.of());

  public PolledLogs {
    slices = List.copyOf(slices);
    faults = Map.copyOf(faults);
  }
}
