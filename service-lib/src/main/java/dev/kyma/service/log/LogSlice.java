package dev.kyma.service.log;

import java.util.List;

/**
 * Records of one partition that follow each other.
 *
 * @param partition which partition
 * @param records the records in log order
 * @param nextOffset where reading goes on; can be past the last record by offsets that hold none
 */
public record LogSlice(LogPartition partition, List<RawRecord> records, long nextOffset) {
  public LogSlice {
    records = List.copyOf(records);
  }
}
