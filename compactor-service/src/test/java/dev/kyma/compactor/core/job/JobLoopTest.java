package dev.kyma.compactor.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Jobs;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.service.job.JobRequest;
import dev.kyma.service.report.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are claimed, done, killed, and done once among several processes. */
class JobLoopTest {
  private static final Report DONE = Report.of().text("said").row("done").build();

  private Catalog catalog;
  private ExecutorService workers;

  @BeforeEach
  void open(@TempDir Path directory) {
    catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
    workers = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void close() {
    workers.close();
    catalog.close();
  }

  private interface Work {
    Report run(Job job, JobProgress progress) throws InterruptedException;
  }

  private static JobWork of(Job.Kind kind, Work work) {
    return new JobWork() {
      @Override
      public Job.Kind kind() {
        return kind;
      }

      @Override
      public Report run(Job job, JobProgress progress) {
        try {
          return work.run(job, progress);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new JobFailedException("interrupted", e);
        }
      }
    };
  }

  private JobLoop loop(String owner, int turns, JobWork... works) {
    return new JobLoop(catalog.jobs(), owner, List.of(works), turns, workers, Clock.systemUTC());
  }

  private Job await(long id, JobLoop... loops) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() - deadline < 0) {
      for (JobLoop loop : loops) {
        loop.step();
      }
      Job job = catalog.jobs().find(id).orElseThrow();
      if (job.state().isEnd()) {
        return job;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new AssertionError("not ended: " + catalog.jobs().find(id));
  }

  @Test
  void aJobIsDoneAndItsResultKept() throws InterruptedException {
    JobLoop loop =
        loop(
            "a",
            1,
            of(
                Job.Kind.CHECK,
                (job, progress) -> {
                  assertThat(JobRequest.of(job))
                      .isEqualTo(new JobRequest.CheckTable(7, JobRequest.Depth.EXTENDED));
                  progress.step("half", 1, 2);
                  return DONE;
                }));
    Job job =
        await(new JobRequest.CheckTable(7, JobRequest.Depth.EXTENDED).submit(catalog.jobs()), loop);
    assertThat(job.state()).isEqualTo(Job.State.DONE);
    assertThat(Report.parse(job.result().orElseThrow())).isEqualTo(DONE);
    assertThat(job.progress()).isEqualTo(new Job.Progress("half", 1, 2));
    assertThat(job.owner()).contains("a");
  }

  @Test
  void whatCannotBeDoneSaysWhy() throws InterruptedException {
    JobLoop loop =
        loop(
            "a",
            1,
            of(
                Job.Kind.COMPACT,
                (job, progress) -> {
                  throw new JobFailedException("No.");
                }),
            of(
                Job.Kind.FLUSH,
                (job, progress) -> {
                  throw new IllegalStateException("bug");
                }));
    Job said = await(new JobRequest.Compact(1).submit(catalog.jobs()), loop);
    assertThat(said.state()).isEqualTo(Job.State.FAILED);
    assertThat(said.result()).contains("No.");
    Job bug = await(new JobRequest.FlushAll(Optional.empty()).submit(catalog.jobs()), loop);
    assertThat(bug.result().orElseThrow()).startsWith("internal");
  }

  @Test
  void aKilledJobEndsAtItsNextStep() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    JobLoop loop =
        loop(
            "a",
            1,
            of(
                Job.Kind.CHECK,
                (job, progress) -> {
                  begun.countDown();
                  try {
                    for (long step = 0; ; step++) {
                      progress.step("on and on", step, 0);
                      TimeUnit.MILLISECONDS.sleep(2);
                    }
                  } finally {
                    ended.countDown();
                  }
                }));
    long id = new JobRequest.CheckStorage(JobRequest.Depth.NORMAL).submit(catalog.jobs());
    loop.step();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(catalog.jobs().kill(id)).isTrue();
    while (!ended.await(10, TimeUnit.MILLISECONDS)) {
      loop.step();
    }
    assertThat(catalog.jobs().find(id).orElseThrow().state()).isEqualTo(Job.State.KILLED);
  }

  @Test
  void severalProcessesShareJobsAndDoEachOnce() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    Work work =
        (job, progress) -> {
          runs.incrementAndGet();
          return DONE;
        };
    JobLoop a = loop("a", 2, of(Job.Kind.COMPACT, work));
    JobLoop b = loop("b", 2, of(Job.Kind.COMPACT, work));
    long last = 0;
    for (int i = 0; i < 20; i++) {
      last = new JobRequest.Compact(i + 1).submit(catalog.jobs());
    }
    await(last, a, b);
    for (Job job : catalog.jobs().list(100)) {
      assertThat(await(job.id(), a, b).state()).isEqualTo(Job.State.DONE);
    }
    assertThat(runs).hasValue(20);
  }

  @Test
  void slowJobsOfOneKindDoNotKeepAnotherWaiting() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    JobLoop loop =
        loop(
            "a",
            1,
            of(
                Job.Kind.CHECK,
                (job, progress) -> {
                  release.await();
                  return DONE;
                }),
            of(Job.Kind.FLUSH, (job, progress) -> DONE));
    Jobs jobs = catalog.jobs();
    long slow = new JobRequest.CheckAll(JobRequest.Depth.NORMAL).submit(jobs);
    long waiting = new JobRequest.CheckAll(JobRequest.Depth.NORMAL).submit(jobs);
    long quick = new JobRequest.FlushTable(1).submit(jobs);
    assertThat(await(quick, loop).state()).isEqualTo(Job.State.DONE);
    assertThat(jobs.find(slow).orElseThrow().state()).isEqualTo(Job.State.RUNNING);
    assertThat(jobs.find(waiting).orElseThrow().state()).isEqualTo(Job.State.QUEUED);
    release.countDown();
    assertThat(await(waiting, loop).state()).isEqualTo(Job.State.DONE);
  }
}
