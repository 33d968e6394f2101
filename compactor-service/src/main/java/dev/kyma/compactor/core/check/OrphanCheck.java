package dev.kyma.compactor.core.check;

import dev.kyma.catalog.Catalog;
import dev.kyma.format.io.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for objects that lie where extents lie and that the catalog does not name. */
final class OrphanCheck {
  private static final String EXTENTS = "extents/";
  private static final int PAGE = 1_000;

  private final Catalog catalog;
  private final ObjectStore store;
  private final Findings findings;

  OrphanCheck(Catalog catalog, ObjectStore store, Findings findings) {
    this.catalog = catalog;
    this.store = store;
    this.findings = findings;
  }

  void check(CheckProgress progress) {
    String after = null;
    long seen = 0;
    while (true) {
      List<ObjectStore.Stat> page = store.list(EXTENTS, after, PAGE);
      if (page.isEmpty()) {
        return;
      }
      List<String> keys = page.stream().map(ObjectStore.Stat::key).toList();
      Set<String> unnamed = new HashSet<>(keys);
      unnamed.removeAll(catalog.named(keys));
      List<ObjectStore.Stat> orphans = new ArrayList<>(page);
      orphans.removeIf(object -> !unnamed.contains(object.key()));
      for (ObjectStore.Stat orphan : orphans) {
        findings.add(
            Finding.of(
                Finding.Code.ORPHAN,
                "",
                orphan.key(),
                "an object that a commit names",
                orphan.length() + " bytes no commit names, or none yet"));
      }
      seen += page.size();
      progress.step("objects", seen, 0);
      after = keys.getLast();
    }
  }
}
