package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.PageSource;

/** The templates and columns of an extent that is read. */
final class StoredTemplates {
  private static final int MAX_COLUMNS = 1 << 18;
  private static final int MAX_TEMPLATES = 1 << 20;
  private static final int[] WHOLE = {0};

  final StoredColumn[] columns;

  /** The columns of every template's slots; template 0 is a row kept whole. */
  final int[][] slots;

  /** The bytes before every slot and after the last: from where, and to where, in {@link #text}. */
  final int[][] literals;

  final byte[] text;

  /** Whether a template has an identifier of 8 or 16 bytes: bit 0 and bit 1. */
  final int[] identifiers;

  StoredTemplates(ByteSource in, PageSource pages) {
    columns = new StoredColumn[in.count(Math.min(MAX_COLUMNS, in.remaining() / 3))];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = StoredColumn.read(in, pages.pageCount());
    }
    if (columns.length == 0 || columns[0].kind != SlotKind.PLAIN) {
      throw in.corrupt("a first column of whole rows", "none");
    }
    int count = in.count(Math.min(MAX_TEMPLATES, in.remaining() / 2)) + 1;
    slots = new int[count][];
    literals = new int[count][];
    identifiers = new int[count];
    text = in.array();
    slots[0] = WHOLE;
    literals[0] = new int[4];
    for (int t = 1; t < count; t++) {
      readTemplate(in, t);
    }
    if (in.remaining() != 0) {
      throw in.corrupt("the end of the templates", in.remaining() + " bytes more");
    }
  }

  private void readTemplate(ByteSource in, int template) {
    int size = in.count(Math.min(RowMatcher.MAX_SLOTS + 1, in.remaining()));
    int[] own = new int[size];
    int[] places = new int[2 * size + 2];
    for (int i = 0; i <= size; i++) {
      int length = in.count(RowMatcher.MAX_ROW);
      places[2 * i] = in.skip(length);
      places[2 * i + 1] = places[2 * i] + length;
      if (i < size) {
        own[i] = in.count(columns.length - 1L);
        check(in, own, i);
      }
    }
    for (int column : own) {
      SlotKind kind = columns[column].kind;
      identifiers[template] |= !kind.isIdentifier() ? 0 : kind.identifierBytes() == 8 ? 1 : 2;
    }
    slots[template] = own;
    literals[template] = places;
  }

  private void check(ByteSource in, int[] own, int slot) {
    StoredColumn column = columns[own[slot]];
    boolean wrong =
        column.base > slot || column.base > 0 && !columns[own[column.base - 1]].kind.isDifferable();
    if (own[slot] == 0 || wrong) {
      throw in.corrupt("a slot's column", own[slot] + " at slot " + slot);
    }
  }
}
