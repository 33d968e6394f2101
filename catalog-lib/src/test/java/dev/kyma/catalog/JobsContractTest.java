package dev.kyma.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Job.Kind;
import dev.kyma.catalog.Job.Progress;
import dev.kyma.catalog.Job.State;
import dev.kyma.catalog.Jobs.Standing;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobs and claims. */
public abstract class JobsContractTest extends CatalogContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Set<Kind> ANY = EnumSet.allOf(Kind.class);

  private void tick() throws InterruptedException {
    var until = catalog.now().plusMillis(5);
    while (catalog.now().isBefore(until)) {
      Thread.sleep(2);
    }
  }

  @Test
  void aJobGoesFromWhoAskedToWhoDoesItAndBack() {
    Jobs jobs = catalog.jobs();
    long id = jobs.submit(Kind.COMPACT, 17, "{\"all\":true}\0");
    Job queued = other.jobs().find(id).orElseThrow();
    assertThat(queued.kind()).isEqualTo(Kind.COMPACT);
    assertThat(queued.table()).isEqualTo(17);
    assertThat(queued.arguments()).isEqualTo("{\"all\":true} ");
    assertThat(queued.state()).isEqualTo(State.QUEUED);
    assertThat(queued.owner()).isEmpty();
    assertThat(queued.progress()).isEqualTo(Progress.NONE);
    assertThat(queued.result()).isEmpty();
    assertThat(jobs.claim("me", Set.of(), LONG)).isEmpty();
    assertThat(jobs.claim("me", Set.of(Kind.FLUSH, Kind.CHECK), LONG)).isEmpty();
    Job mine = other.jobs().claim("me", Set.of(Kind.COMPACT), LONG).orElseThrow();
    assertThat(mine.id()).isEqualTo(id);
    assertThat(mine.state()).isEqualTo(State.RUNNING);
    assertThat(mine.owner()).contains("me");
    assertThat(jobs.claim("you", ANY, LONG)).isEmpty();
    Progress half = new Progress("half", 5, 10);
    assertThat(jobs.progress(id, "me", half, LONG)).isEqualTo(Standing.MINE);
    assertThat(jobs.progress(id, "you", half, LONG)).isEqualTo(Standing.LOST);
    assertThat(other.jobs().find(id).orElseThrow().progress()).isEqualTo(half);
    assertThat(jobs.finish(id, "you", "no")).isFalse();
    assertThat(jobs.finish(id, "me", "3 extents")).isTrue();
    assertThat(jobs.finish(id, "me", "3 extents")).isTrue();
    assertThat(jobs.fail(id, "me", "late")).isFalse();
    Job done = other.jobs().find(id).orElseThrow();
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.result()).contains("3 extents");
    assertThat(jobs.progress(id, "me", half, LONG)).isEqualTo(Standing.LOST);
    assertThat(jobs.kill(id)).isFalse();
    assertThat(jobs.find(99)).isEmpty();
  }

  @Test
  void jobsAreTakenInOrderAndListedNewestFirst() {
    Jobs jobs = catalog.jobs();
    long first = jobs.submit(Kind.FLUSH, 1, "");
    long second = jobs.submit(Kind.CHECK, 0, "");
    long third = jobs.submit(Kind.FLUSH, 2, "");
    assertThat(jobs.claim("a", Set.of(Kind.FLUSH), LONG).map(Job::id)).contains(first);
    assertThat(jobs.claim("a", Set.of(Kind.FLUSH), LONG).map(Job::id)).contains(third);
    assertThat(jobs.claim("a", ANY, LONG).map(Job::id)).contains(second);
    assertThat(jobs.claim("a", ANY, LONG)).isEmpty();
    assertThat(other.jobs().list(2)).extracting(Job::id).containsExactly(third, second);
    assertThat(jobs.fail(second, "a", "an object is missing")).isTrue();
    assertThat(other.jobs().find(second).orElseThrow().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aLeaseThatRanOutLetsAnotherTakeTheJob() throws Exception {
    Jobs jobs = catalog.jobs();
    long id = jobs.submit(Kind.CHECK, 1, "");
    assertThat(jobs.claim("slow", ANY, SHORT)).isPresent();
    tick();
    assertThat(jobs.progress(id, "slow", Progress.NONE, SHORT)).isEqualTo(Standing.MINE);
    tick();
    assertThat(other.jobs().claim("fast", ANY, LONG).map(Job::id)).contains(id);
    assertThat(jobs.progress(id, "slow", Progress.NONE, LONG)).isEqualTo(Standing.LOST);
    assertThat(jobs.finish(id, "slow", "done")).isFalse();
    assertThat(other.jobs().finish(id, "fast", "done")).isTrue();
    assertThat(jobs.find(id).flatMap(Job::owner)).contains("fast");
  }

  @Test
  void aKilledJobEndsForItsOwnerToo() {
    Jobs jobs = catalog.jobs();
    long queued = jobs.submit(Kind.CHECK, 1, "");
    assertThat(jobs.kill(queued)).isTrue();
    assertThat(jobs.claim("me", ANY, LONG)).isEmpty();
    long running = jobs.submit(Kind.CHECK, 1, "");
    assertThat(jobs.claim("me", ANY, LONG)).isPresent();
    assertThat(other.jobs().kill(running)).isTrue();
    assertThat(other.jobs().kill(running)).isFalse();
    assertThat(jobs.progress(running, "me", Progress.NONE, LONG)).isEqualTo(Standing.KILLED);
    assertThat(jobs.finish(running, "me", "done")).isFalse();
    assertThat(jobs.find(running).orElseThrow().state()).isEqualTo(State.KILLED);
    assertThat(jobs.kill(1_000)).isFalse();
  }

  @Test
  void manyWorkersTakeEachJobOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      catalog.jobs().submit(Kind.FLUSH, i, "");
    }
    List<List<Long>> taken =
        together(
            8,
            i -> {
              Jobs jobs = (i % 2 == 0 ? catalog : other).jobs();
              List<Long> mine = new java.util.ArrayList<>();
              Optional<Job> job;
              int misses = 0;
              // Others may be first to all the candidates one looks at.
              while (misses < 20) {
                job = jobs.claim("worker " + i, ANY, LONG);
                job.ifPresent(claimed -> mine.add(claimed.id()));
                misses = job.isPresent() ? 0 : misses + 1;
              }
              return mine;
            });
    assertThat(taken.stream().flatMap(List::stream).filter(Objects::nonNull))
        .hasSize(60)
        .doesNotHaveDuplicates();
  }

  @Test
  void aNameIsOnesUntilReleasedOrItsLeaseRunsOut() throws Exception {
    Jobs jobs = catalog.jobs();
    assertThat(jobs.claim("range 1", "a", LONG)).isTrue();
    assertThat(other.jobs().claim("range 1", "b", LONG)).isFalse();
    assertThat(jobs.claim("range 1", "a", SHORT)).isTrue();
    assertThat(other.jobs().claim("range 2", "b", LONG)).isTrue();
    tick();
    assertThat(other.jobs().claim("range 1", "b", LONG)).isTrue();
    jobs.release("range 1", "a");
    assertThat(jobs.claim("range 1", "a", LONG)).isFalse();
    other.jobs().release("range 1", "b");
    assertThat(jobs.claim("range 1", "a", LONG)).isTrue();
    List<Boolean> won =
        together(8, i -> (i % 2 == 0 ? catalog : other).jobs().claim("range 3", "w" + i, LONG));
    assertThat(won).filteredOn(each -> each).hasSize(1);
  }
}
