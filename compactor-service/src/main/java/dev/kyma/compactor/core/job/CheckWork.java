package dev.kyma.compactor.core.job;

import dev.kyma.catalog.Job;
import dev.kyma.compactor.core.check.CheckReport;
import dev.kyma.compactor.core.check.CheckScope;
import dev.kyma.compactor.core.check.Finding;
import dev.kyma.compactor.core.check.StorageCheck;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.report.Report;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** STORAGE CHECK. */
public final class CheckWork implements JobWork {
  private final StorageCheck check;

  public CheckWork(StorageCheck check) {
    this.check = check;
  }

  @Override
  public Job.Kind kind() {
    return Job.Kind.CHECK;
  }

  @Override
  public Report run(Job job, JobProgress progress) {
    CheckReport report = check.run(scope(job), Long.toString(job.id()), progress::step);
    progress.step(report.summary(), 1, 1);
    return report(report);
  }

  private static CheckScope scope(Job job) {
    return switch (JobRequest.of(job)) {
      case JobRequest.CheckTable(long table, JobRequest.Depth depth) ->
          CheckScope.ofTable(table, depth(depth));
      case JobRequest.CheckStorage(JobRequest.Depth depth) -> CheckScope.ofStorage(depth(depth));
      case JobRequest.CheckAll(JobRequest.Depth depth) -> CheckScope.everything(depth(depth));
      case JobRequest.FlushTable _,
          JobRequest.FlushAll _,
          JobRequest.Compact _,
          JobRequest.AdoptLog _ ->
          throw new IllegalArgumentException(job.kind().name());
    };
  }

  private static CheckScope.Depth depth(JobRequest.Depth depth) {
    return switch (depth) {
      case NORMAL -> CheckScope.Depth.NORMAL;
      case EXTENDED -> CheckScope.Depth.EXTENDED;
    };
  }

  private static Report report(CheckReport check) {
    Report.Builder report =
        Report.of()
            .text("severity")
            .text("code")
            .text("table")
            .text("object")
            .integer("offset")
            .text("expected")
            .text("actual");
    for (Finding finding : check.findings()) {
      report.row(
          finding.code().severity().name().toLowerCase(Locale.ROOT),
          finding.code().id(),
          emptyToNull(finding.table()),
          emptyToNull(finding.object()),
          finding.offset().isPresent() ? finding.offset().getAsLong() : null,
          finding.expected(),
          finding.actual());
    }
    return report.build();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
