package dev.kyma.format.io.memory;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreContractTest;

class MemoryObjectStoreTest extends ObjectStoreContractTest {
  private final ObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }
}
