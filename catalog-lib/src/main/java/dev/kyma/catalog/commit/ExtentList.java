package dev.kyma.catalog.commit;

import dev.kyma.catalog.ExtentRef;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live extents of one table in the order they were committed; immutable, and a changed copy
 * shares all chunks but those it touches. Each extent has an order, a number greater than those of
 * all extents before it, by which it is found again to be removed.
 */
final class ExtentList {
  static final ExtentList EMPTY = new ExtentList(new Chunk[0], 0);

  private static final int CHUNK = 256;

  private static final class Chunk {
    final long[] orders;
    final ExtentRef[] extents;

    Chunk(long[] orders, ExtentRef[] extents) {
      this.orders = orders;
      this.extents = extents;
    }

    int size() {
      return orders.length;
    }

    Chunk plus(long order, ExtentRef extent) {
      int size = size();
      long[] newOrders = Arrays.copyOf(orders, size + 1);
      ExtentRef[] newExtents = Arrays.copyOf(extents, size + 1);
      newOrders[size] = order;
      newExtents[size] = extent;
      return new Chunk(newOrders, newExtents);
    }

    Chunk plus(Chunk other) {
      long[] newOrders = Arrays.copyOf(orders, size() + other.size());
      ExtentRef[] newExtents = Arrays.copyOf(extents, size() + other.size());
      System.arraycopy(other.orders, 0, newOrders, size(), other.size());
      System.arraycopy(other.extents, 0, newExtents, size(), other.size());
      return new Chunk(newOrders, newExtents);
    }

    Chunk minus(int index) {
      int size = size() - 1;
      long[] newOrders = Arrays.copyOf(orders, size);
      ExtentRef[] newExtents = Arrays.copyOf(extents, size);
      System.arraycopy(orders, index + 1, newOrders, index, size - index);
      System.arraycopy(extents, index + 1, newExtents, index, size - index);
      return new Chunk(newOrders, newExtents);
    }
  }

  private final Chunk[] chunks;
  private final int size;
  private volatile @Nullable List<ExtentRef> asList;

  private ExtentList(Chunk[] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  int size() {
    return size;
  }

  /** With an extent at the end, whose order must be greater than all others. */
  ExtentList plus(long order, ExtentRef extent) {
    int last = chunks.length - 1;
    Chunk[] copy;
    if (last >= 0 && chunks[last].size() < CHUNK) {
      copy = chunks.clone();
      copy[last] = copy[last].plus(order, extent);
    } else {
      copy = Arrays.copyOf(chunks, chunks.length + 1);
      copy[last + 1] = new Chunk(new long[] {order}, new ExtentRef[] {extent});
    }
    return new ExtentList(copy, size + 1);
  }

  /** The extent of an order, which must be there. */
  ExtentRef at(long order) {
    Chunk chunk = chunks[chunkOf(order)];
    return chunk.extents[Arrays.binarySearch(chunk.orders, order)];
  }

  /** Without the extent of an order, which must be there. */
  ExtentList minus(long order) {
    int at = chunkOf(order);
    Chunk rest = chunks[at].minus(Arrays.binarySearch(chunks[at].orders, order));
    // Neighbours are joined while small, so that the number of chunks follows the number of
    // extents.
    if (at + 1 < chunks.length && rest.size() + chunks[at + 1].size() <= CHUNK / 2) {
      Chunk[] copy = withoutChunk(at);
      copy[at] = rest.plus(chunks[at + 1]);
      return new ExtentList(copy, size - 1);
    }
    if (rest.size() == 0) {
      return new ExtentList(withoutChunk(at), size - 1);
    }
    Chunk[] copy = chunks.clone();
    copy[at] = rest;
    return new ExtentList(copy, size - 1);
  }

  private Chunk[] withoutChunk(int at) {
    Chunk[] copy = Arrays.copyOf(chunks, chunks.length - 1);
    System.arraycopy(chunks, at + 1, copy, at, chunks.length - 1 - at);
    return copy;
  }

  private int chunkOf(long order) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks[middle].orders[0] <= order) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** All of them, in order; made once and kept. */
  List<ExtentRef> asList() {
    List<ExtentRef> list = asList;
    if (list == null) {
      ExtentRef[] all = new ExtentRef[size];
      int at = 0;
      for (Chunk chunk : chunks) {
        System.arraycopy(chunk.extents, 0, all, at, chunk.size());
        at += chunk.size();
      }
      list = List.of(all);
      asList = list;
    }
    return list;
  }
}
