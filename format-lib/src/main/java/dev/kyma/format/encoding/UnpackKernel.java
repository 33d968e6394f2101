package dev.kyma.format.encoding;

/**
 * Unpacks whole vectors of {@link BitPacking}; implementations differ in speed, never in result.
 * Stateless and safe for use by many threads.
 */
public interface UnpackKernel {
  /** The kernel for this process. */
  UnpackKernel BEST = choose();

  private static UnpackKernel choose() {
    // The class that needs the module is not touched where it is not resolved.
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && VectorUnpackKernel.isSupported()
        ? new VectorUnpackKernel()
        : new PlainUnpackKernel();
  }

  /**
   * Computes {@code out[outFrom + i] = base + factor * number(i)} for 1,024 numbers, wrapping.
   *
   * @param in holds {@code 128 * width} bytes from {@code at} on
   */
  void unpack(byte[] in, int at, int width, long base, long factor, long[] out, int outFrom);

  /** Computes {@code out[outFrom + i] = (int) (base + factor * number(i))} for 1,024 numbers. */
  void unpack(byte[] in, int at, int width, long base, long factor, int[] out, int outFrom);
}
