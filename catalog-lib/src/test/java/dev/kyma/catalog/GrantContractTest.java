package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CommitOutcome.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Write grants, and numbers handed out once. */
public abstract class GrantContractTest extends CatalogContract {

  @Test
  void grantsAreNeverTheSameAndEndWhenClosedOrRevoked() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant closed = catalog.openGrant("extents");
    WriteGrant revoked = other.openGrant("extents");
    assertThat(closed.keyPrefix()).startsWith("extents/").endsWith("/");
    assertThat(closed.keyPrefix()).isNotEqualTo(revoked.keyPrefix());
    catalog.closeGrant(closed);
    catalog.closeGrant(closed);
    assertConflict(
        catalog.commit(flush(table, closed, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    Instant later = catalog.now().plusSeconds(1);
    assertThat(other.revokeGrantsOpenedBefore(later)).contains(revoked);
    assertConflict(
        catalog.commit(flush(table, revoked, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    WriteGrant invented = new WriteGrant(77, "extents/", Instant.EPOCH);
    assertConflict(
        catalog.commit(flush(table, invented, cursor(table), 10, "a"), PATIENCE),
        Reason.GRANT_REVOKED);
    WriteGrant open = catalog.openGrant("extents");
    assertThat(catalog.revokeGrantsOpenedBefore(Instant.EPOCH)).isEmpty();
    assertThat(catalog.revokeGrantsOpenedBefore(open.openedAt())).doesNotContain(open);
    committed(catalog.commit(flush(table, open, cursor(table), 10, "a"), PATIENCE));
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      prefixes.add((i % 2 == 0 ? catalog : other).openGrant("extents").keyPrefix());
    }
    assertThat(prefixes).hasSize(40).doesNotContain(closed.keyPrefix(), revoked.keyPrefix());
    assertThatThrownBy(() -> catalog.openGrant("a/b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsAndOrdinalsAreHandedOutOnce() {
    Set<Long> ids = new HashSet<>();
    Set<Integer> ordinals = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Catalog each = i % 2 == 0 ? catalog : other;
      ids.add(each.allocateTableId());
      int first = each.allocateLogOrdinals(3);
      ordinals.addAll(List.of(first, first + 1, first + 2));
    }
    assertThat(ids).hasSize(20);
    assertThat(ordinals).hasSize(60);
  }
}
