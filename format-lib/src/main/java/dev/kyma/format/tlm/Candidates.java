package dev.kyma.format.tlm;

import dev.kyma.format.index.HashIndex;
import dev.kyma.format.index.Postings;
import dev.kyma.format.index.TokenIndexWriter;
import dev.kyma.format.index.ValueHash;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Tokenizer;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that indexes leave possible for a predicate: all that match are among them. Used by one
 * thread.
 */
final class Candidates {
  /** A condition that one index answers: all of the hashes, or any of them. */
  private record Probe(Region region, int[] hashes, boolean all) {}

  private final Footer footer;
  private final ExtentBytes bytes;
  private final Function<List<Range>, List<byte[]>> reader;
  private final Map<Predicate, Probe> probes = new LinkedHashMap<>();

  Candidates(Footer footer, ExtentBytes bytes, Function<List<Range>, List<byte[]>> reader) {
    this.footer = footer;
    this.bytes = bytes;
    this.reader = reader;
  }

  /** A bitmap of the rows that may match; null when indexes say nothing. */
  long @Nullable [] rows(Predicate predicate) {
    if (footer.regions().size() == footer.schema().size() || !collect(predicate)) {
      return null;
    }
    Map<Region, OpenIndex> open = open();
    Map<Probe, long[]> found = new LinkedHashMap<>();
    for (Probe probe : probes.values()) {
      OpenIndex index = open.get(probe.region);
      if (index != null && !found.containsKey(probe)) {
        long[] rows = rows(probe, index);
        if (rows != null) {
          found.put(probe, rows);
        }
      }
    }
    return combine(predicate, found);
  }

  /** Whether indexes may narrow a predicate down; notes what must be looked up. */
  private boolean collect(Predicate predicate) {
    return switch (predicate) {
      case Predicate.And(List<Predicate> operands) -> {
        boolean any = false;
        for (Predicate operand : operands) {
          any |= collect(operand);
        }
        yield any;
      }
      case Predicate.Or(List<Predicate> operands) -> {
        boolean all = !operands.isEmpty();
        for (Predicate operand : operands) {
          all &= collect(operand);
        }
        yield all;
      }
      case Predicate.Compare(
              ColumnPath column,
              Predicate.Comparison comparison,
              Constant constant) ->
          comparison == Predicate.Comparison.EQUAL
              && note(predicate, equality(column, List.of(constant)));
      case Predicate.In(ColumnPath column, List<Constant> constants) ->
          note(predicate, equality(column, constants));
      case Predicate.HasToken(ColumnPath column, String text) ->
          note(predicate, tokens(column, Tokenizer.tokens(text)));
      case Predicate.Like _, Predicate.IsNull _, Predicate.IsNotNull _, Predicate.Not _ -> false;
    };
  }

  private boolean note(Predicate predicate, @Nullable Probe probe) {
    if (probe != null) {
      probes.put(predicate, probe);
    }
    return probe != null;
  }

  private @Nullable LogicalType stored(ColumnPath column) {
    int place = footer.schema().indexOfId(column.column());
    if (place < 0 || column.isPath()) {
      return null;
    }
    Field field = footer.schema().field(place);
    return ValueHash.alike(field.type(), column.type()) ? field.type() : null;
  }

  private @Nullable Probe equality(ColumnPath column, List<Constant> constants) {
    if (stored(column) == null) {
      return null;
    }
    Region region = footer.region(RegionKind.VALUES, column.column());
    if (region == null && footer.primaryKey().equals(List.of(column.column()))) {
      region = footer.region(RegionKind.PRIMARY_KEYS, 0);
    }
    if (region != null) {
      Set<Integer> hashes = new LinkedHashSet<>();
      for (Constant constant : constants) {
        OptionalLong hash = ValueHash.of(column.type(), constant);
        if (hash.isPresent()) {
          hashes.add(HashIndex.shortened(hash.getAsLong()));
        }
      }
      return new Probe(region, array(hashes), false);
    }
    return constants.size() == 1 && constants.getFirst() instanceof Constant.OfBytes text
        ? tokens(column, Tokenizer.tokens(text.text()))
        : null;
  }

  private @Nullable Probe tokens(ColumnPath column, List<String> tokens) {
    LogicalType stored = stored(column);
    Region region = footer.region(RegionKind.TOKEN_INDEX, column.column());
    if (stored == null || stored.kind() != LogicalType.Kind.TEXT || region == null) {
      return null;
    }
    Set<Integer> hashes = new LinkedHashSet<>();
    for (String token : tokens) {
      if (TokenIndexWriter.isIndexed(token)) {
        hashes.add(HashIndex.shortened(TokenIndexWriter.hash(token)));
      }
    }
    return hashes.isEmpty() ? null : new Probe(region, array(hashes), true);
  }

  private static int[] array(Set<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Reads the heads of the indexes that are needed, then the buckets. */
  private Map<Region, OpenIndex> open() {
    List<Region> regions = probes.values().stream().map(Probe::region).distinct().toList();
    List<OpenIndex> indexes = OpenIndex.open(bytes, regions, footer.rows(), reader);
    Map<Region, OpenIndex> open = new LinkedHashMap<>();
    for (int i = 0; i < regions.size(); i++) {
      open.put(regions.get(i), indexes.get(i));
    }
    List<Range> ranges = new ArrayList<>();
    List<ChunkReader.PageRun> runs = new ArrayList<>();
    for (Region region : regions) {
      int[] hashes =
          probes.values().stream()
              .filter(probe -> probe.region.equals(region))
              .flatMapToInt(probe -> Arrays.stream(probe.hashes))
              .toArray();
      OpenIndex index = open.get(region);
      if (index != null) {
        index.missing(hashes, ranges, runs);
      }
    }
    List<byte[]> parts = ranges.isEmpty() ? List.of() : reader.apply(ranges);
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).take(parts.get(i));
    }
    return open;
  }

  /** What one index says; null when that is nothing. */
  private long @Nullable [] rows(Probe probe, OpenIndex index) {
    long[] all = null;
    for (int hash : probe.hashes) {
      Postings postings = index.find(hash);
      if (postings.form() == Postings.Form.ANYWHERE) {
        if (!probe.all) {
          return null;
        }
        continue;
      }
      long[] rows = postings.bitmap(footer.rows());
      all = all == null ? rows : probe.all ? and(all, rows) : or(all, rows);
    }
    return all == null && !probe.all ? new long[(footer.rows() + 63) >>> 6] : all;
  }

  private long @Nullable [] combine(Predicate predicate, Map<Probe, long[]> found) {
    return switch (predicate) {
      case Predicate.And(List<Predicate> operands) -> {
        long[] all = null;
        for (Predicate operand : operands) {
          long[] rows = combine(operand, found);
          if (rows != null) {
            all = all == null ? rows : and(all.clone(), rows);
          }
        }
        yield all;
      }
      case Predicate.Or(List<Predicate> operands) -> {
        long[] any = null;
        for (Predicate operand : operands) {
          long[] rows = combine(operand, found);
          if (rows == null) {
            yield null;
          }
          any = any == null ? rows : or(any.clone(), rows);
        }
        yield any;
      }
      case Predicate.Compare _, Predicate.In _, Predicate.HasToken _ -> {
        Probe probe = probes.get(predicate);
        yield probe == null ? null : found.get(probe);
      }
      case Predicate.Like _, Predicate.IsNull _, Predicate.IsNotNull _, Predicate.Not _ -> null;
    };
  }

  private static long[] and(long[] into, long[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] &= other[i];
    }
    return into;
  }

  private static long[] or(long[] into, long[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] |= other[i];
    }
    return into;
  }
}
