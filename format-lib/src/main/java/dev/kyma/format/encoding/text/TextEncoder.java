package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.vector.BytesVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes log texts as templates and variables.
 *
 * <pre>
 * text      := varint dictionary pages, varint page of templates, varint first page
 * templates := block{varint columns, columns × column, varint templates, templates × template}
 * column    := u8 kind, varint parameter, varint base, [dictionary]            if kind is CODED
 * template  := varint slots, slots × (literal, varint column), literal
 * literal   := varint length, bytes
 * </pre>
 *
 * <p>The pages of dictionaries lie right before that of the templates. From the first page on there
 * are two for each stretch of {@link Stretch#ROWS} rows:
 *
 * <pre>
 * codes     := numbers                                                a template for each row
 * slots     := u8 pooled, [pool8], [pool16], column's values × (varint length, stream)
 * pool      := varint identifiers, the bytes of all
 * stream    := numbers | strings | identifiers × width bytes
 * </pre>
 *
 * <p>Code 0 is a row kept whole, which is a value of column 0; templates are numbered from 1. A
 * column's values come row by row, in a row in the order of its slots; only columns that have a
 * value in the stretch are there. {@code pooled} says with bit 0 whether identifiers of 8 bytes are
 * named by {@link IdentifierPool distances}, with bit 1 whether those of 16 are. A column whose
 * {@code base} is not 0 holds differences from the value of slot {@code base - 1} of the same row.
 */
public final class TextEncoder {
  /** Fewer rows, or fewer bytes, are not worth it. */
  private static final int MIN_ROWS = 64;

  private static final int MIN_BYTES = 4_096;

  /** The sample is so many rows, or one in {@link #SAMPLE_SHARE} when that is more. */
  private static final int SAMPLE = 16_384;

  private static final int SAMPLE_SHARE = 16;
  private static final int SAMPLE_RUN = 64;
  private static final int MAX_SAMPLE_BYTES = 16 << 20;

  private final BytesVector texts;
  private final ChunkWriter chunk;
  private final SlotColumns plan;
  private final List<@Nullable ByteSink> dictionaries = new ArrayList<>();
  private final TemplateTrie trie;

  private TextEncoder(BytesVector texts, TemplateTrie trie, SlotColumns plan, ChunkWriter chunk) {
    this.texts = texts;
    this.trie = trie;
    this.plan = plan;
    this.chunk = chunk;
  }

  /**
   * Writes a column.
   *
   * @param chunk takes pages and the head; nothing when the texts are no log texts
   * @return whether it was written
   */
  public static boolean encode(BytesVector texts, ChunkWriter chunk) {
    int[] offsets = texts.offsets();
    if (texts.size() < MIN_ROWS || offsets[texts.size()] - offsets[0] < MIN_BYTES) {
      return false;
    }
    RowTokenizer tokenizer = new RowTokenizer(true);
    TemplateTrie trie = new TemplateTrie();
    int[] sample = sample(texts);
    TrieBuilder.learn(texts, sample, sample.length, tokenizer, trie);
    RowMatcher rows = RowMatcher.match(texts, trie, tokenizer);
    SlotColumns plan = new SlotColumns(texts, trie, rows);
    new TextEncoder(texts, trie, plan, chunk).write();
    return true;
  }

  /** Runs of rows from all over the column. */
  private static int[] sample(BytesVector texts) {
    int rows = texts.size();
    int wanted = Math.min(rows, Math.max(SAMPLE, rows / SAMPLE_SHARE));
    int runs = (wanted + SAMPLE_RUN - 1) / SAMPLE_RUN;
    int[] sample = new int[wanted];
    int count = 0;
    long bytes = 0;
    for (int run = 0; run < runs && bytes < MAX_SAMPLE_BYTES; run++) {
      int from = (int) ((long) rows * run / runs);
      int to = Math.min((int) ((long) rows * (run + 1) / runs), from + SAMPLE_RUN);
      for (int row = from; row < to && count < wanted; row++) {
        if (!texts.isNull(row) && texts.length(row) <= RowMatcher.MAX_ROW) {
          sample[count++] = row;
          bytes += texts.length(row);
        }
      }
    }
    return Arrays.copyOf(sample, count);
  }

  private void write() {
    int before = chunk.pages().size();
    Dictionaries dictionary = new Dictionaries(texts.data(), chunk);
    for (int i = 0; i < plan.columns().size(); i++) {
      SlotColumn column = plan.columns().get(i);
      boolean strings = i > 0 && column.kind == SlotKind.PLAIN;
      dictionaries.add(strings ? dictionary.code(column) : null);
    }
    dictionary.end();
    int pages = chunk.pages().size() - before;
    ByteSink head = chunk.head();
    head.varint(pages);
    head.varint(chunk.compressedPage(templates()));
    head.varint(chunk.pages().size());
    try (StreamCompressor compressor = new StreamCompressor(chunk.level())) {
      NumberStream numbers = new NumberStream(compressor);
      StringStream strings = new StringStream(texts.data(), numbers, compressor);
      StretchWriter stretches = new StretchWriter(texts.data(), plan, numbers, strings);
      for (int s = 0; s < plan.stretches(); s++) {
        chunk.page(stretches.codes(s));
        chunk.page(stretches.slots(s));
      }
    }
  }

  private ByteSink templates() {
    ByteSink out = new ByteSink(1 << 16);
    out.varint(plan.columns().size());
    for (int i = 0; i < plan.columns().size(); i++) {
      SlotColumn column = plan.columns().get(i);
      out.u8(column.kind.ordinal());
      out.varint(column.parameter);
      out.varint(column.base);
      ByteSink dictionary = dictionaries.get(i);
      if (dictionary != null) {
        out.bytes(dictionary.array(), 0, dictionary.size());
      }
    }
    out.varint(plan.templates() - 1);
    ByteSink literal = new ByteSink(1_024);
    for (int t = 1; t < plan.templates(); t++) {
      int[] columns = plan.columnsOf(t);
      out.varint(columns.length);
      int slot = 0;
      for (int node : plan.nodes(t)) {
        literal.bytes(trie.texts(), trie.textFrom(node), trie.textLength(node));
        if (trie.isSlot(node)) {
          literal = flush(literal, out);
          out.varint(columns[slot++]);
        }
      }
      literal = flush(literal, out);
    }
    return out;
  }

  private static ByteSink flush(ByteSink literal, ByteSink out) {
    out.varint(literal.size());
    out.bytes(literal.array(), 0, literal.size());
    return new ByteSink(64);
  }
}
