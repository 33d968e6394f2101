package dev.kyma.query.core.exec;

import java.util.List;

/** The rows of several inputs, one input after the other. */
final class UnionPipeline implements Pipeline {
  private final List<Pipeline> inputs;

  UnionPipeline(List<Pipeline> inputs) {
    this.inputs = inputs;
  }

  @Override
  public void prepare() {
    inputs.forEach(Pipeline::prepare);
  }

  @Override
  public int parts() {
    int parts = 0;
    for (Pipeline input : inputs) {
      parts += input.parts();
    }
    return parts;
  }

  @Override
  public Operator open(int part) {
    int rest = part;
    for (Pipeline input : inputs) {
      if (rest < input.parts()) {
        return input.open(rest);
      }
      rest -= input.parts();
    }
    throw new IndexOutOfBoundsException(part);
  }
}
